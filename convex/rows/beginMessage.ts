/** A message that a run brings: saved once, put in its place, and begun when the thread is free. */
import { chatErrors } from '../../lib/chat/chatError.ts'
import { maxMessageChars, maxQueuedMessages } from '../../lib/chat/messageLimits.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { type Begin, decideBegin } from '../decisions/decideBegin.ts'
import type { Outcome } from '../decisions/planMove.ts'
import { currentTimes } from '../times.ts'
import type { Take } from '../validators.ts'
import { findMessage, findThread, findTurnOfMessage, findUser } from './findRows.ts'
import { moveTurn } from './moveTurn.ts'
import { releaseHeld } from './releaseHeld.ts'
import { settleTurn } from './settleTurn.ts'
import { startNext } from './startNext.ts'

export interface BroughtMessage {
  ownerId: string
  threadId: string
  message: { messageId: string; text: string; sentAt: number }
  after: string | null
}

export async function beginMessage(
  ctx: MutationCtx,
  brought: BroughtMessage,
  runId: string,
  now: number,
): Promise<{ take: Take; decision: string }> {
  const { ownerId, threadId } = brought
  const { turn, ...facts } = await gatherFacts(ctx, brought)
  const begin = decideBegin({ ...facts, turn, runId })
  if (begin.kind === 'drop') return { take: { kind: 'stopped' }, decision: 'drop' }
  if (begin.kind === 'take') {
    const go = begin.take === 'go' && turn
    const take: Take = go
      ? { kind: 'go', turnId: turn._id, epoch: turn.epoch, ownerId, threadId }
      : { kind: begin.take === 'go' ? 'not-yours' : begin.take }
    return { take, decision: `again-${begin.take}` }
  }
  const saved = await saveMessage(ctx, brought, now)
  const take = await settleIn(ctx, brought, saved, begin, runId, now)
  return { take, decision: begin.as === 'refused' ? begin.code : begin.as }
}

/** Saved as failed, for a message whose run died before it could begin. Null: it is there already. */
export async function saveFailed(
  ctx: MutationCtx,
  brought: BroughtMessage,
  error: { code: string; message: string },
  now: number,
): Promise<Id<'turns'> | null> {
  const { turn, accountRemoved } = await gatherFacts(ctx, brought)
  if (turn || accountRemoved) return null
  const saved = await saveMessage(ctx, brought, now)
  await end(ctx, brought, saved, { kind: 'failed', error }, now)
  return saved
}

async function gatherFacts(ctx: MutationCtx, { ownerId, threadId, message, after }: BroughtMessage) {
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

async function saveMessage(ctx: MutationCtx, brought: BroughtMessage, now: number): Promise<Id<'turns'>> {
  const { ownerId, message } = brought
  const thread = await openThread(ctx, brought, now)
  const inputMessage = await ctx.db.insert('messages', {
    ownerId,
    thread,
    messageId: message.messageId,
    role: 'user',
    status: 'pending',
    inngestJobId: '',
    // What is too long is refused, but shown: as much of it as we take. Halves of characters cannot be stored.
    text: message.text.slice(0, maxMessageChars).toWellFormed(),
    createdAt: now,
  })
  const turn = await ctx.db.insert('turns', {
    ownerId,
    thread,
    branch: 'main',
    cause: 'message',
    inputMessage,
    state: 'pending',
    epoch: 0,
    restarts: 0,
  })
  await ctx.db.patch(inputMessage, { turn })
  return turn
}

async function settleIn(
  ctx: MutationCtx,
  brought: BroughtMessage,
  turn: Id<'turns'>,
  begin: Extract<Begin, { kind: 'save' }>,
  runId: string,
  now: number,
): Promise<Take> {
  switch (begin.as) {
    case 'held': {
      const dueBy = now + currentTimes().holdMs
      await moveTurn(ctx, turn, { kind: 'hold', heldFor: begin.heldFor, dueBy }, now)
      return { kind: 'held' }
    }
    case 'cancelled':
      await end(ctx, brought, turn, { kind: 'cancelled' }, now)
      return { kind: 'stopped' }
    case 'refused': {
      const { message } = chatErrors[begin.code]
      await end(ctx, brought, turn, { kind: 'failed', error: { code: begin.code, message } }, now)
      return { kind: 'settled' }
    }
    case 'placed':
      return place(ctx, brought, turn, runId, now)
  }
}

async function place(
  ctx: MutationCtx,
  brought: BroughtMessage,
  turnId: Id<'turns'>,
  runId: string,
  now: number,
): Promise<Take> {
  const { ownerId, threadId, message } = brought
  const placed = await moveTurn(ctx, turnId, { kind: 'place' }, now)
  const started = await startNext(ctx, placed.thread, now, { turn: turnId, runId })
  await releaseHeld(ctx, placed.thread, message.messageId, now)
  return started?._id === turnId ? { kind: 'go', turnId, epoch: started.epoch, ownerId, threadId } : { kind: 'queued' }
}

/** It ends without having begun. It is known now, though: what was held for it follows. */
async function end(
  ctx: MutationCtx,
  { ownerId, message }: BroughtMessage,
  turnId: Id<'turns'>,
  outcome: Outcome,
  now: number,
): Promise<void> {
  const mark = await findStopMark(ctx, ownerId, message.messageId)
  if (mark) await ctx.db.delete(mark._id)
  const turn = await ctx.db.get(turnId)
  if (!turn) throw new Error(`Turn ${turnId} is gone in the transaction that made it`)
  await releaseHeld(ctx, turn.thread, message.messageId, now)
  await settleTurn(ctx, turn, outcome, now)
}

async function openThread(ctx: MutationCtx, brought: BroughtMessage, now: number): Promise<Id<'threads'>> {
  const { ownerId, threadId } = brought
  const thread = await findThread(ctx, ownerId, threadId)
  if (thread) {
    await ctx.db.patch(thread._id, { lastActivityAt: now })
    return thread._id
  }
  const removed = await findRemovedThread(ctx, ownerId, threadId)
  if (removed) await ctx.db.delete(removed._id)
  return ctx.db.insert('threads', {
    ownerId,
    threadId,
    title: '',
    titleSource: 'none',
    createdAt: now,
    lastActivityAt: now,
    status: 'idle',
    lastSeq: 0,
    nextPosition: 1,
  })
}

async function countQueued(ctx: MutationCtx, thread: Id<'threads'>): Promise<number> {
  const pending = await ctx.db
    .query('turns')
    .withIndex('by_thread_state', (q) => q.eq('thread', thread).eq('state', 'pending'))
    .take(maxQueuedMessages)
  return pending.length
}

async function findStopMark(ctx: MutationCtx, ownerId: string, messageId: string) {
  return ctx.db
    .query('stopMarks')
    .withIndex('by_owner_message', (q) => q.eq('ownerId', ownerId).eq('messageId', messageId))
    .first()
}

async function findRemovedThread(ctx: MutationCtx, ownerId: string, threadId: string) {
  return ctx.db
    .query('removedThreads')
    .withIndex('by_owner_thread', (q) => q.eq('ownerId', ownerId).eq('threadId', threadId))
    .first()
}
