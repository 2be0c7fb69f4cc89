/** What the agent remembers and recalls. The person may have switched it off: the database looks, whatever tools were offered. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { logDecision } from '../log.ts'
import { newestMemories, searchMemories } from '../rows/findMemories.ts'
import { findMemory, isMemoryOn, saveMemory } from '../rows/saveMemory.ts'
import { serviceMutation, serviceQuery } from './asService.ts'

const foundAtOnce = 10

/** `key` is the call's ledger key: called again, it is the same fact. */
export const save = serviceMutation({
  args: { ownerId: v.string(), key: v.string(), text: v.string() },
  returns: v.object({ key: v.string(), text: v.string() }),
  handler: async (ctx, args) => {
    const { ownerId } = args
    if (!(await isMemoryOn(ctx, ownerId))) throw new ConvexError(chatErrorData('memory-off'))
    const saved = await saveMemory(ctx, { ...args, source: 'agent' }, Date.now())
    logDecision('memories.save', { ownerId, key: saved.key, by: 'agent' })
    return saved
  },
})

/** Best first; the newest when the query has no word to look for. */
export const search = serviceQuery({
  args: { ownerId: v.string(), query: v.string() },
  returns: v.array(v.object({ key: v.string(), text: v.string(), savedAt: v.number() })),
  handler: async (ctx, { ownerId, query }) => {
    if (!(await isMemoryOn(ctx, ownerId))) return []
    const found = await searchMemories(ctx, ownerId, query, foundAtOnce)
    const rows = found.length > 0 ? found : await newestMemories(ctx, ownerId, foundAtOnce)
    return rows.map(({ key, text, updatedAt }) => ({ key, text, savedAt: updatedAt }))
  },
})

/** `text`: what the person was shown when they agreed; another fact is not deleted in its stead. */
export const remove = serviceMutation({
  args: { ownerId: v.string(), key: v.string(), text: v.optional(v.string()) },
  returns: v.union(
    v.object({ kind: v.literal('removed'), text: v.string() }),
    v.object({ kind: v.union(v.literal('not-found'), v.literal('other-text')) }),
  ),
  handler: async (ctx, { ownerId, key, text }) => {
    const memory = await findMemory(ctx, ownerId, key)
    const isMeant = text === undefined || memory?.text === text.trim()
    const kind = !memory ? ('not-found' as const) : isMeant ? ('removed' as const) : ('other-text' as const)
    logDecision('memories.remove', { ownerId, key, by: 'agent', result: kind })
    if (!memory || kind !== 'removed') return { kind: memory ? ('other-text' as const) : ('not-found' as const) }
    await ctx.db.delete(memory._id)
    return { kind, text: memory.text }
  },
})
