/** The one function that moves a turn: writes what planMove says to the turn, to the copies on its messages and to its thread, and counts. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { type MessagePatch, type Move, planMove } from '../decisions/planMove.ts'
import { logDecision } from '../log.ts'
import { owe } from '../owe.ts'
import { currentTimes } from '../times.ts'
import { countReply } from './countReply.ts'

export async function moveTurn(ctx: MutationCtx, turnId: Id<'turns'>, move: Move, now: number): Promise<Doc<'turns'>> {
  const turn = await requireRow(ctx, turnId)
  const thread = await requireRow(ctx, turn.thread)
  const othersWait = move.kind === 'settle' && (await hasOtherWaiting(ctx, turn))
  const rows = { turn, thread, hasReply: turn.replyMessage !== undefined, othersWait }
  const plan = planMove(rows, move, now, currentTimes())

  const input = await requireRow(ctx, turn.inputMessage)
  if (input.turn === turnId && !isEmpty(plan.input)) await ctx.db.patch(input._id, plan.input)
  const replyMessage = await writeReply(ctx, turn, input, move, plan.reply, now)
  await ctx.db.patch(turnId, { ...plan.turn, ...(replyMessage ? { replyMessage } : {}) })
  if (!isEmpty(plan.thread)) await ctx.db.patch(thread._id, plan.thread)

  if (plan.counts) await countReply(ctx, turn.ownerId, plan.counts, now)

  const moved = await requireRow(ctx, turnId)
  if (plan.owesStart) await owe(ctx, turnStarted(moved, thread.threadId), now)
  logDecision('turn.moved', {
    move: move.kind,
    turnId,
    threadId: thread.threadId,
    messageId: input.messageId,
    from: turn.state,
    to: moved.state,
    epoch: moved.epoch,
    seq: moved.seq,
    runId: moved.runId,
  })
  return moved
}

/** The reply's row exists from the start of its turn on (of a retry: from the retry on). */
async function writeReply(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  input: Doc<'messages'>,
  move: Move,
  patch: MessagePatch,
  now: number,
): Promise<Id<'messages'> | undefined> {
  if (turn.replyMessage) {
    if (!isEmpty(patch)) await ctx.db.patch(turn.replyMessage, patch)
    return turn.replyMessage
  }
  if (move.kind !== 'start') return undefined
  const reply = await insertReply(ctx, turn, input, now)
  await ctx.db.patch(reply, patch)
  return reply
}

export async function insertReply(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  input: Doc<'messages'>,
  now: number,
): Promise<Id<'messages'>> {
  return ctx.db.insert('messages', {
    ownerId: turn.ownerId,
    thread: turn.thread,
    turn: turn._id,
    messageId: turn._id,
    role: 'assistant',
    status: turn.state,
    inngestJobId: '',
    text: '',
    createdAt: now,
    inReplyTo: input.messageId,
    cause: turn.cause,
    ...(turn.branch === 'main' ? {} : { branch: turn.branch }),
  })
}

export function turnStarted(turn: Doc<'turns'>, threadId: string) {
  return {
    eventId: `turn:${turn._id}:${turn.epoch}`,
    name: 'chat/turn.started' as const,
    data: { ownerId: turn.ownerId, threadId, turnId: turn._id, epoch: turn.epoch },
  }
}

async function hasOtherWaiting(ctx: MutationCtx, turn: Doc<'turns'>): Promise<boolean> {
  const waiting = await ctx.db
    .query('turns')
    .withIndex('by_thread_state', (q) => q.eq('thread', turn.thread).eq('state', 'pending'))
    .take(2)
  return waiting.some((other) => other._id !== turn._id)
}

async function requireRow<Table extends 'turns' | 'threads' | 'messages'>(
  ctx: MutationCtx,
  id: Id<Table>,
): Promise<Doc<Table>> {
  const row = await ctx.db.get(id)
  if (!row) throw new Error(`Row ${id} is gone while a turn moves: a removal did not stop the turn first`)
  return row
}

function isEmpty(patch: object): boolean {
  return Object.keys(patch).length === 0
}
