/** A step that ended in an error: kept in the ledger, shown beside the reply, waited for until its next try. */
import type { MutationCtx } from '../_generated/server.js'
import { checkFence } from '../decisions/checkFence.ts'
import { currentTimes } from '../times.ts'
import type { Fence, TurnError } from '../validators.ts'
import { findStep, findTurn } from './findRows.ts'
import { settleTurn } from './settleTurn.ts'

export interface Failure {
  turnId: string
  fence: Fence
  step: string
  error: TurnError
  retryAt?: number | undefined
}

/**
 * Without `retryAt` this was the last try, and the turn ends in the same transaction: if we crashed between the two, the step would be
 * tried, and paid, once more.
 */
export async function failStep(
  ctx: MutationCtx,
  { turnId, fence, step, error, retryAt }: Failure,
  now: number,
): Promise<{ kind: 'ok' | 'stale' }> {
  const turn = await findTurn(ctx, turnId)
  const row = turn && (await findStep(ctx, turn._id, step))
  if (!turn || !row) return { kind: 'stale' }
  if (row.state === 'failed' && row.epoch === fence.epoch && row.try === fence.try) return { kind: 'ok' }
  if (!checkFence(turn, row, fence)) return { kind: 'stale' }
  await ctx.db.patch(row._id, {
    state: 'failed',
    endedAt: now,
    error,
    failures: row.failures + 1,
    ...(retryAt === undefined ? {} : { retryAt }),
  })
  if (retryAt === undefined) {
    await settleTurn(ctx, turn, { kind: 'failed', error }, now)
    return { kind: 'ok' }
  }
  await ctx.db.patch(turn._id, { dueBy: retryAt + currentTimes().retrySlackMs })
  if (turn.replyMessage) {
    await ctx.db.patch(turn.replyMessage, { detail: { kind: 'retrying', at: retryAt, reason: error.message } })
  }
  return { kind: 'ok' }
}
