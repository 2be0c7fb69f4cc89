/** What a turn has done already: paid for, and not to be done again. */
import { v } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { joinText } from '../decisions/foldReply.ts'
import { steeredValidator, stepKindValidator, stepResultValidator } from '../validators.ts'
import { readSteps } from './readLedger.ts'

export const committedValidator = v.object({
  step: v.string(),
  kind: stepKindValidator,
  /** What a model step wrote. */
  text: v.string(),
  result: stepResultValidator,
  /** What the person added before a model step. */
  steered: v.array(steeredValidator),
})

/** In order. What a step only noted for itself is left out. */
export async function readCommitted(ctx: QueryCtx, turn: Doc<'turns'>): Promise<(typeof committedValidator.type)[]> {
  const reply = turn.replyMessage ? await ctx.db.get(turn.replyMessage) : null
  const committed: (typeof committedValidator.type)[] = []
  for (const { step, kind, state, result, steered = [] } of await readSteps(ctx, turn._id)) {
    if (state !== 'done' || !result || result.kind === 'plain') continue
    const text = joinText((reply?.parts ?? []).filter((part) => part.type === 'text' && part.step === step))
    committed.push({ step, kind, text, result, steered })
  }
  return committed
}
