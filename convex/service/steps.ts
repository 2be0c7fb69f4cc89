/** The job ledger: a step opens, commits once, or fails. */
import { v } from 'convex/values'
import { errorValidator, fenceValidator, stepKindValidator, stepResultValidator } from '../validators.ts'
import { serviceMutation } from './asService.ts'

export const open = serviceMutation({
  args: { turnId: v.string(), epoch: v.number(), runId: v.string(), step: v.string(), kind: stepKindValidator },
  returns: v.union(
    /** `failures`: tries of this step that ended in a reported error. */
    v.object({ kind: v.literal('go'), fence: fenceValidator, failures: v.number() }),
    v.object({ kind: v.literal('done'), result: stepResultValidator }),
    v.object({ kind: v.literal('stopped') }),
    v.object({ kind: v.literal('not-yours') }),
  ),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const commit = serviceMutation({
  args: {
    turnId: v.string(),
    fence: fenceValidator,
    step: v.string(),
    result: stepResultValidator,
    tail: v.optional(v.object({ offset: v.number(), text: v.string() })),
  },
  /** `gap`: the tail does not fit; send it again from `end`. */
  returns: v.union(
    v.object({ kind: v.union(v.literal('ok'), v.literal('stale')) }),
    v.object({ kind: v.literal('gap'), end: v.number() }),
  ),
  handler: async () => {
    throw new Error('not written yet')
  },
})

export const fail = serviceMutation({
  args: {
    turnId: v.string(),
    fence: fenceValidator,
    step: v.string(),
    error: errorValidator,
    retryAt: v.optional(v.number()),
  },
  returns: v.object({ kind: v.union(v.literal('ok'), v.literal('stale')) }),
  handler: async () => {
    throw new Error('not written yet')
  },
})
