/** What is known when a run brings a message. */
import { maxQueuedMessages } from '../../lib/chat/messageLimits.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import type { Policy } from '../validators.ts'
import { findMessage, findThread, findTurnOfMessage, findUser } from './findRows.ts'

export interface BroughtMessage {
  ownerId: string
  threadId: string
  message: {
    messageId: string
    text: string
    sentAt: number
    policy?: Policy | null
    model?: string | null
    edits?: string | null
  }
  after: string | null
}

export async function gatherBegin(ctx: MutationCtx, { ownerId, threadId, message, after }: BroughtMessage) {
  const existing = await findMessage(ctx, ownerId, message.messageId)
  const thread = await findThread(ctx, ownerId, threadId)
  const removed = thread ? null : await findRemovedThread(ctx, ownerId, threadId)
  const mark = await findStopMark(ctx, ownerId, message.messageId)
  const user = await findUser(ctx, ownerId)
  // A message that names itself, or one of another thread, names no predecessor.
  const before = after === null || after === message.messageId ? null : await findMessage(ctx, ownerId, after)
  const elsewhere = before !== null && before.thread !== thread?._id
  return {
    turn: existing && (await findTurnOfMessage(ctx, existing)),
    text: message.text,
    sentAt: message.sentAt,
    stopMarked: mark !== null,
    accountRemoved: user?.deleted === true,
    threadRemovedAt: removed?.at ?? null,
    queued: thread ? await countQueued(ctx, thread._id) : 0,
    after: after === message.messageId || elsewhere ? null : after,
    predecessor: before ? await placeOf(ctx, before) : ('unseen' as const),
  }
}

async function placeOf(ctx: MutationCtx, message: Doc<'messages'>): Promise<'seen' | 'held'> {
  const turn = await findTurnOfMessage(ctx, message)
  return turn?.state === 'pending' && turn.heldFor !== undefined ? 'held' : 'seen'
}

async function countQueued(ctx: MutationCtx, thread: Id<'threads'>): Promise<number> {
  const pending = await ctx.db
    .query('turns')
    .withIndex('by_thread_state', (q) => q.eq('thread', thread).eq('state', 'pending'))
    .take(maxQueuedMessages)
  return pending.length
}

export async function findStopMark(ctx: MutationCtx, ownerId: string, messageId: string) {
  return ctx.db
    .query('stopMarks')
    .withIndex('by_owner_message', (q) => q.eq('ownerId', ownerId).eq('messageId', messageId))
    .first()
}

export async function findRemovedThread(ctx: MutationCtx, ownerId: string, threadId: string) {
  return ctx.db
    .query('removedThreads')
    .withIndex('by_owner_thread', (q) => q.eq('ownerId', ownerId).eq('threadId', threadId))
    .first()
}
