/** The job ledger: a step opens, commits once, or fails. */
import { v } from 'convex/values'
import { logDecision } from '../log.ts'
import { abandonStep } from '../rows/abandonStep.ts'
import { commitStep } from '../rows/commitStep.ts'
import { failStep } from '../rows/failStep.ts'
import { openStep } from '../rows/openStep.ts'
import {
  budgetValidator,
  commitValidator,
  errorValidator,
  fallbackValidator,
  fenceValidator,
  spendValidator,
  steeredValidator,
  stepKindValidator,
  stepResultValidator,
} from '../validators.ts'
import { serviceMutation } from './asService.ts'

export const open = serviceMutation({
  args: {
    turnId: v.string(),
    epoch: v.number(),
    runId: v.string(),
    step: v.string(),
    kind: stepKindValidator,
    key: v.optional(v.string()),
    budget: v.optional(budgetValidator),
  },
  /** See OpenedStep in rows/openStep.ts. */
  returns: v.union(
    v.object({
      kind: v.literal('go'),
      fence: fenceValidator,
      failures: v.number(),
      isRepeat: v.boolean(),
      steered: v.array(steeredValidator),
      fallbacks: v.array(fallbackValidator),
    }),
    v.object({ kind: v.literal('over-budget'), error: errorValidator }),
    v.object({ kind: v.literal('done'), result: stepResultValidator }),
    v.object({ kind: v.union(v.literal('stopped'), v.literal('not-yours')) }),
  ),
  handler: (ctx, wanted) => openStep(ctx, wanted, Date.now()),
})

export const commit = serviceMutation({
  args: {
    turnId: v.string(),
    fence: fenceValidator,
    step: v.string(),
    result: commitValidator,
    tail: v.optional(v.object({ offset: v.number(), text: v.string() })),
  },
  /** `gap`: the tail does not fit; send it again from `end`. */
  returns: v.union(
    v.object({ kind: v.union(v.literal('ok'), v.literal('stale')) }),
    v.object({ kind: v.literal('gap'), end: v.number() }),
  ),
  handler: async (ctx, { turnId, fence, step, result, tail }) => {
    const committed = await commitStep(ctx, { turnId, fence, step, result, tail }, Date.now())
    logDecision('steps.commit', { turnId, ...fence, step, result: committed.kind })
    return committed
  },
})

export const fail = serviceMutation({
  args: {
    turnId: v.string(),
    fence: fenceValidator,
    step: v.string(),
    error: errorValidator,
    retryAt: v.optional(v.number()),
    /** This model has failed for good, and the next try asks the next one. */
    fallback: v.optional(fallbackValidator),
    spend: v.optional(spendValidator),
  },
  returns: v.object({ kind: v.union(v.literal('ok'), v.literal('stale')) }),
  handler: async (ctx, { turnId, fence, step, error, retryAt, fallback, spend }) => {
    const failed = await failStep(ctx, { turnId, fence, step, error, retryAt, fallback, spend }, Date.now())
    const fields = { code: error.code, retryAt, fallback: fallback?.model, result: failed.kind }
    logDecision('steps.fail', { turnId, ...fence, step, ...fields })
    return failed
  },
})

/** A model call was cut since its turn has ended: only its cost is still to be counted, once. */
export const abandon = serviceMutation({
  args: { turnId: v.string(), fence: fenceValidator, step: v.string(), spend: spendValidator },
  returns: v.object({ kind: v.union(v.literal('counted'), v.literal('known')) }),
  handler: async (ctx, { turnId, fence, step, spend }) => {
    const abandoned = await abandonStep(ctx, { turnId, fence, step, spend }, Date.now())
    logDecision('steps.abandon', { turnId, ...fence, step, costMicros: spend.costMicros, result: abandoned.kind })
    return abandoned
  },
})
