/** The end of a turn, for whatever reason: fold, settle, hand the thread on, in one transaction. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { foldReply, withLiveText } from '../decisions/foldReply.ts'
import type { Outcome } from '../decisions/planMove.ts'
import { closeLedger } from './closeLedger.ts'
import { moveTurn } from './moveTurn.ts'
import { passHoldOn } from './releaseHeld.ts'
import { startNext } from './startNext.ts'
import { deleteTexts, readStream } from './textStream.ts'
import { wantTitle } from './wantTitle.ts'

export async function settleTurn(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  outcome: Outcome,
  now: number,
): Promise<Doc<'turns'>> {
  const settled = await endTurn(ctx, turn, outcome, now)
  if (turn.heldFor !== undefined) await releaseBehind(ctx, turn, turn.heldFor, now)
  if (outcome.kind === 'completed') await wantTitle(ctx, turn.thread, now)
  await startNext(ctx, turn.thread, now)
  return settled
}

/** Without handing on: for a thread that is being removed. */
export async function endTurn(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  outcome: Outcome,
  now: number,
): Promise<Doc<'turns'>> {
  const reply = turn.replyMessage ? await ctx.db.get(turn.replyMessage) : null
  if (reply) {
    const { live } = reply
    const text = live ? { step: live.step, text: await readStream(ctx, { turn: turn._id, ...live }) } : null
    await ctx.db.patch(reply._id, foldReply(withLiveText(reply.parts ?? [], text)))
    await deleteTexts(ctx, turn._id)
  }
  if (turn.state === 'processing') await closeLedger(ctx, turn._id, now)
  return moveTurn(ctx, turn._id, { kind: 'settle', outcome }, now)
}

async function releaseBehind(ctx: MutationCtx, turn: Doc<'turns'>, heldFor: string, now: number): Promise<void> {
  const input = await ctx.db.get(turn.inputMessage)
  if (input) await passHoldOn(ctx, turn.thread, input.messageId, heldFor, now)
}
