/** A fact is saved, changed or forgotten, by the person or by the agent. Each of them twice is once. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { maxMemories, maxMemoryChars } from '../../lib/chat/messageLimits.ts'
import { sanitizeText } from '../../lib/chat/sanitizeText.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { findUser } from './findRows.ts'

export interface WantedMemory {
  ownerId: string
  /** A UUID of the client, or a tool call's ledger key. */
  key: string
  text: string
  source: Doc<'memories'>['source']
}

/** The same words again are the same fact: it gets a new date. */
export async function saveMemory(
  ctx: MutationCtx,
  wanted: WantedMemory,
  now: number,
): Promise<{ key: string; text: string }> {
  const { ownerId, key, source } = wanted
  const text = sanitizeText(wanted.text).trim()
  if (text === '') throw new ConvexError(chatErrorData('memory-empty'))
  if (text.length > maxMemoryChars) throw new ConvexError(chatErrorData('memory-too-long'))
  const known = (await findMemory(ctx, ownerId, key)) ?? (await findSame(ctx, ownerId, text))
  if (known) await ctx.db.patch(known._id, { text, updatedAt: now })
  else await ctx.db.insert('memories', { ownerId, key, text, source, createdAt: now, updatedAt: now })
  return { key: known?.key ?? key, text }
}

/** Also looks whether there is room, since it sees all of them. */
async function findSame(ctx: MutationCtx, ownerId: string, text: string): Promise<Doc<'memories'> | undefined> {
  const user = await findUser(ctx, ownerId)
  if (user?.deleted) throw new ConvexError(chatErrorData('account-removed'))
  const all = await ctx.db
    .query('memories')
    .withIndex('by_owner', (q) => q.eq('ownerId', ownerId))
    .take(maxMemories)
  const same = all.find((one) => one.text.toLowerCase() === text.toLowerCase())
  if (!same && all.length === maxMemories) throw new ConvexError(chatErrorData('too-many-memories'))
  return same
}

export async function findMemory(ctx: QueryCtx, ownerId: string, key: string): Promise<Doc<'memories'> | null> {
  return ctx.db
    .query('memories')
    .withIndex('by_owner_key', (q) => q.eq('ownerId', ownerId).eq('key', key))
    .unique()
}

/** What the agent may do only while the person has not switched it off. */
export async function isMemoryOn(ctx: QueryCtx, ownerId: string): Promise<boolean> {
  return (await findUser(ctx, ownerId))?.preferences?.memory !== false
}
