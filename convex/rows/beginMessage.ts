/** A message that a run brings: saved once, put in its place, and begun when the thread is free. */
import { chatErrors } from '../../lib/chat/chatError.ts'
import { maxMessageChars } from '../../lib/chat/messageLimits.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { type Begin, decideBegin, takeTurn } from '../decisions/decideBegin.ts'
import type { Outcome } from '../decisions/planMove.ts'
import { currentTimes } from '../times.ts'
import type { Take, TurnError } from '../validators.ts'
import { createThread } from './createThread.ts'
import { findThread } from './findRows.ts'
import { type BroughtMessage, findRemovedThread, findStopMark, gatherBegin } from './gatherBegin.ts'
import { moveTurn } from './moveTurn.ts'
import { giveBranch, placeMessage } from './placeMessage.ts'
import { releaseHeld } from './releaseHeld.ts'
import { seePerson } from './seePerson.ts'
import { endTurn } from './settleTurn.ts'
import { bringBack } from './shelveThread.ts'
import { type Claim, startNext } from './startNext.ts'

export async function beginMessage(
  ctx: MutationCtx,
  brought: BroughtMessage,
  runId: string,
  now: number,
): Promise<{ take: Take; decision: string }> {
  const { threadId } = brought
  const { turn, ...facts } = await gatherBegin(ctx, brought)
  const begin = decideBegin({ ...facts, turn, runId })
  if (begin.kind === 'drop') return { take: { kind: 'stopped' }, decision: 'drop' }
  if (begin.kind === 'take' && turn) {
    return { take: tell(turn, runId, threadId), decision: `again-${begin.take}` }
  }
  if (begin.kind === 'take') throw new Error(`Message ${brought.message.messageId} is known and has no turn`)
  const saved = await saveMessage(ctx, brought, now)
  await settleIn(ctx, brought, saved, begin, runId, now)
  return {
    take: tell(await requireTurn(ctx, saved), runId, threadId),
    decision: begin.as === 'refused' ? begin.code : begin.as,
  }
}

/** How its turn stands for this run. */
function tell(turn: Doc<'turns'>, runId: string, threadId: string): Take {
  const take = takeTurn(turn, runId)
  if (take !== 'go') return { kind: take }
  return { kind: 'go', turnId: turn._id, epoch: turn.epoch, ownerId: turn.ownerId, threadId }
}

/** Saved as failed, on the branch it was meant for, when its run died before it could begin. Null: it is there already. */
export async function saveFailed(
  ctx: MutationCtx,
  brought: BroughtMessage,
  error: TurnError,
  now: number,
): Promise<Id<'turns'> | null> {
  const { turn, accountRemoved } = await gatherBegin(ctx, brought)
  if (turn || accountRemoved) return null
  const saved = await saveMessage(ctx, brought, now)
  const given = await giveBranch(ctx, saved, now)
  await end(ctx, brought, saved, { kind: 'failed', error: given.kind === 'refused' ? given.error : error }, now)
  return saved
}

async function saveMessage(ctx: MutationCtx, brought: BroughtMessage, now: number): Promise<Id<'turns'>> {
  const { ownerId, message } = brought
  const { thread, branch } = await openThread(ctx, brought, now)
  const asked = {
    ...(message.policy ? { policy: message.policy } : {}),
    ...(message.edits ? { edits: message.edits } : {}),
  }
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
    ...(branch === 'main' ? {} : { branch }),
  })
  const turn = await ctx.db.insert('turns', {
    ownerId,
    thread,
    branch,
    cause: 'message',
    inputMessage,
    state: 'pending',
    epoch: 0,
    restarts: 0,
    ...(message.model ? { model: message.model } : {}),
    ...(message.policy || message.edits ? { asked } : {}),
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
): Promise<void> {
  switch (begin.as) {
    case 'held': {
      const dueBy = now + currentTimes().holdMs
      await moveTurn(ctx, turn, { kind: 'hold', heldFor: begin.heldFor, dueBy }, now)
      return
    }
    case 'cancelled':
      return end(ctx, brought, turn, { kind: 'cancelled' }, now)
    case 'refused': {
      const { message } = chatErrors[begin.code]
      return end(ctx, brought, turn, { kind: 'failed', error: { code: begin.code, message } }, now)
    }
    case 'placed': {
      const claimFor = { turn, runId }
      await placeMessage(ctx, turn, now, claimFor)
      return handOn(ctx, brought, turn, now, claimFor)
    }
  }
}

/** It ends without having begun. */
async function end(
  ctx: MutationCtx,
  brought: BroughtMessage,
  turnId: Id<'turns'>,
  outcome: Outcome,
  now: number,
): Promise<void> {
  const mark = await findStopMark(ctx, brought.ownerId, brought.message.messageId)
  if (mark) await ctx.db.delete(mark._id)
  await endTurn(ctx, await requireTurn(ctx, turnId), outcome, now)
  await handOn(ctx, brought, turnId, now)
}

/** It is known now: what was held for it follows, and the thread goes on. */
async function handOn(
  ctx: MutationCtx,
  { message }: BroughtMessage,
  turnId: Id<'turns'>,
  now: number,
  claimFor?: Claim,
): Promise<void> {
  const { thread } = await requireTurn(ctx, turnId)
  await startNext(ctx, thread, now, claimFor)
  await releaseHeld(ctx, thread, message.messageId, now)
  await startNext(ctx, thread, now)
}

async function requireTurn(ctx: MutationCtx, turnId: Id<'turns'>): Promise<Doc<'turns'>> {
  const turn = await ctx.db.get(turnId)
  if (!turn) throw new Error(`Turn ${turnId} is gone in the transaction that made it`)
  return turn
}

async function openThread(
  ctx: MutationCtx,
  brought: BroughtMessage,
  now: number,
): Promise<{ thread: Id<'threads'>; branch: string }> {
  const { ownerId, threadId } = brought
  const thread = await findThread(ctx, ownerId, threadId)
  if (thread) {
    await ctx.db.patch(thread._id, { lastActivityAt: now })
    await bringBack(ctx, thread._id, { sentAt: brought.message.sentAt })
    await seePerson(ctx, thread._id)
    return { thread: thread._id, branch: thread.branch ?? 'main' }
  }
  const removed = await findRemovedThread(ctx, ownerId, threadId)
  if (removed) await ctx.db.delete(removed._id)
  const created = await createThread(ctx, { ownerId, threadId, title: '' }, now)
  return { thread: created, branch: 'main' }
}
