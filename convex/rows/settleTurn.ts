/** The end of a turn, for whatever reason: fold, settle, hand the thread on, in one transaction. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { foldReply, withLiveText } from '../decisions/foldReply.ts'
import type { Outcome } from '../decisions/planMove.ts'
import { closeLedger } from './closeLedger.ts'
import { closeWait, findOpenWaits } from './closeWait.ts'
import { keepSearchText } from './keepSearchText.ts'
import { moveTurn } from './moveTurn.ts'
import { passHoldOn } from './passHoldOn.ts'
import { type Claim, startNext } from './startNext.ts'
import { deleteTexts, readStream } from './textStream.ts'
import { wantSummary } from './wantSummary.ts'
import { wantTitle } from './wantTitle.ts'

/** `claimFor`: if it is this turn that starts next, this run has it at once. */
export async function settleTurn(
  ctx: MutationCtx,
  turn: Doc<'turns'>,
  outcome: Outcome,
  now: number,
  claimFor?: Claim,
): Promise<Doc<'turns'>> {
  const settled = await endTurn(ctx, turn, outcome, now)
  if (turn.heldFor !== undefined) await releaseBehind(ctx, turn, turn.heldFor, now)
  if (settled.state === 'completed' || settled.state === 'waiting') {
    await wantTitle(ctx, turn.thread, now)
    await wantSummary(ctx, settled, now)
  }
  await startNext(ctx, turn.thread, now, claimFor)
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
    const folded = foldReply(withLiveText(reply.parts ?? [], text))
    await ctx.db.patch(reply._id, folded)
    await deleteTexts(ctx, turn._id)
    if (turn.state === 'processing') await keepSearchText(ctx, turn, folded, now)
  }
  if (turn.state === 'processing') await closeLedger(ctx, turn._id, now)
  const settled = reply?.hasWaits ? await settleWaits(ctx, turn, outcome, now) : outcome
  return moveTurn(ctx, turn._id, { kind: 'settle', outcome: settled }, now)
}

/** A reply that is complete but for what it waits for is `waiting`; what a stopped or failed one waits for is called off. */
async function settleWaits(ctx: MutationCtx, turn: Doc<'turns'>, outcome: Outcome, now: number): Promise<Outcome> {
  const open = await findOpenWaits(ctx, turn._id)
  if (outcome.kind === 'completed') return open.length > 0 ? { kind: 'waiting' } : outcome
  for (const wait of open) await closeWait(ctx, wait, { state: 'cancelled' }, now)
  return outcome
}

async function releaseBehind(ctx: MutationCtx, turn: Doc<'turns'>, heldFor: string, now: number): Promise<void> {
  const input = await ctx.db.get(turn.inputMessage)
  if (input) await passHoldOn(ctx, turn.thread, input.messageId, heldFor, now)
}
