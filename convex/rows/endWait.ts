/** Ends a wait, by a person or by time: one winner, and what follows starts in the same transaction. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { decideWait, type WaitDecision, type WaitEnd } from '../decisions/decideWait.ts'
import { logDecision } from '../log.ts'
import type { WaitState } from '../validators.ts'
import { closeWait, waitsOfTurn } from './closeWait.ts'
import { moveTurn } from './moveTurn.ts'
import { seePerson } from './seePerson.ts'
import { startContinuation } from './startContinuation.ts'

export type WaitEnded =
  | { kind: 'ended'; state: WaitState; turn: Id<'turns'> | null }
  | Extract<WaitDecision, { kind: 'late' } | { kind: 'early' }>

/** If we crash before it commits, nothing has happened: the person presses again, or the timer comes again. */
export async function endWait(ctx: MutationCtx, wait: Doc<'waits'>, end: WaitEnd, now: number): Promise<WaitEnded> {
  const decision = decideWait(wait, end, now)
  const ids = { ownerId: wait.ownerId, waitId: wait._id, turnId: wait.turn, wait: wait.kind, by: end.kind }
  const state = 'state' in decision ? { state: decision.state } : {}
  logDecision('waits.end', { ...ids, result: decision.kind, ...state })
  if (decision.kind === 'refused') throw new ConvexError(chatErrorData(decision.code))
  if (decision.kind !== 'end') return decision

  if (end.kind === 'person') await seePerson(ctx, wait.thread)
  await closeWait(ctx, wait, decision, now)
  const turn = decision.cause === null ? null : await goOn(ctx, wait, decision, now)
  await endWaiting(ctx, wait.turn, now)
  return { kind: 'ended', state: decision.state, turn }
}

async function goOn(
  ctx: MutationCtx,
  wait: Doc<'waits'>,
  { cause, answer }: Extract<WaitDecision, { kind: 'end' }>,
  now: number,
): Promise<Id<'turns'>> {
  if (cause !== 'answer' && cause !== 'approval' && cause !== 'time' && cause !== 'expiry')
    throw new Error(`Wait ${wait._id} cannot go on by ${cause}`)
  const { ownerId, thread, branch, _id } = wait
  const model = (await ctx.db.get(wait.turn))?.model
  const more = { messageId: _id, wait: _id, text: answer ?? '', ...(model === undefined ? {} : { model }) }
  const turn = await startContinuation(ctx, { ownerId, thread, branch, cause, ...more }, now)
  await ctx.db.patch(_id, { continuation: turn._id })
  return turn._id
}

/** The reply's status follows its last wait. While its turn still runs, settling will look. */
async function endWaiting(ctx: MutationCtx, turnId: Id<'turns'>, now: number): Promise<void> {
  const turn = await ctx.db.get(turnId)
  if (turn?.state !== 'waiting') return
  const waits = await waitsOfTurn(ctx, turnId)
  if (waits.some(({ state }) => state === 'open')) return
  const to = waits.every(({ state }) => state === 'cancelled') ? 'cancelled' : 'completed'
  await moveTurn(ctx, turnId, { kind: 'end-waiting', to }, now)
}
