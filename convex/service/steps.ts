/** The job ledger: a step opens, commits once, or fails. */
import { v } from 'convex/values'
import { decideOpen } from '../decisions/decideOpen.ts'
import { logDecision } from '../log.ts'
import { clearDetail, commitStep } from '../rows/commitStep.ts'
import { failStep } from '../rows/failStep.ts'
import { findStep, findTurn } from '../rows/findRows.ts'
import { touchTurn } from '../rows/touchTurn.ts'
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
  handler: async (ctx, { turnId, epoch, runId, step, kind }) => {
    const now = Date.now()
    const turn = await findTurn(ctx, turnId)
    const row = turn && (await findStep(ctx, turn._id, step))
    const open = decideOpen(turn, row, { epoch, runId })
    const ids = { turnId, epoch, runId, step }
    logDecision('steps.open', { ...ids, result: open.kind, try: open.kind === 'go' ? open.try : undefined })
    if (open.kind !== 'go' || !turn) return open.kind === 'go' ? { kind: 'stopped' as const } : open
    const fresh = { kind, state: 'open' as const, try: open.try, epoch, runId, openedAt: now }
    if (row) {
      await ctx.db.patch(row._id, { ...fresh, endedAt: undefined, error: undefined, retryAt: undefined })
    } else {
      await ctx.db.insert('steps', { turn: turn._id, ownerId: turn.ownerId, step, failures: 0, ...fresh })
    }
    await clearDetail(ctx, turn)
    await touchTurn(ctx, turn, now)
    return { kind: 'go' as const, fence: { epoch, try: open.try }, failures: open.failures }
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
  },
  returns: v.object({ kind: v.union(v.literal('ok'), v.literal('stale')) }),
  handler: async (ctx, { turnId, fence, step, error, retryAt }) => {
    const failed = await failStep(ctx, { turnId, fence, step, error, retryAt }, Date.now())
    logDecision('steps.fail', { turnId, ...fence, step, code: error.code, retryAt, result: failed.kind })
    return failed
  },
})
