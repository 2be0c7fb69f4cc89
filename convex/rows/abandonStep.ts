/** The cost of a model call that was cut because its turn had ended: the turn does not change any more, what was spent does. */
import type { MutationCtx } from '../_generated/server.js'
import type { Fence, Spend } from '../validators.ts'
import { addSpend } from './addSpend.ts'
import { findStep, findTurn } from './findRows.ts'

export interface Abandoned {
  turnId: string
  fence: Fence
  step: string
  spend: Spend
}

/** Once a try: the ledger's row, closed when the turn ended, says whether it was counted. */
export async function abandonStep(
  ctx: MutationCtx,
  { turnId, fence, step, spend }: Abandoned,
  now: number,
): Promise<{ kind: 'counted' | 'known' }> {
  const turn = await findTurn(ctx, turnId)
  const row = turn && (await findStep(ctx, turn._id, step))
  if (!turn || !row || row.state !== 'failed' || row.epoch !== fence.epoch || row.try !== fence.try) {
    return { kind: 'known' }
  }
  if (row.costMicros !== undefined) return { kind: 'known' }
  await addSpend(ctx, turn, spend, now)
  await ctx.db.patch(row._id, { costMicros: spend.costMicros ?? 0 })
  return { kind: 'counted' }
}
