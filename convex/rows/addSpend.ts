/** Counts what a model call cost: for the person's day and month, and for the thread. Only inside the transaction that keeps the call's result. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { dayOf, monthOf } from '../decisions/spendPeriods.ts'
import type { Usage } from '../validators.ts'

export const personScope = 'person'
export const threadPeriod = 'all'

export interface Spending {
  ownerId: string
  thread: Id<'threads'>
  /** Absent: the price is not known. The call and its tokens are counted all the same. */
  costMicros?: number | undefined
  usage?: Usage | undefined
}

export async function addSpend(ctx: MutationCtx, spending: Spending, now: number): Promise<void> {
  await addTo(ctx, spending, personScope, dayOf(now))
  await addTo(ctx, spending, personScope, monthOf(now))
  await addTo(ctx, spending, spending.thread, threadPeriod)
}

async function addTo(ctx: MutationCtx, spending: Spending, scope: string, period: string): Promise<void> {
  const { ownerId, costMicros = 0, usage } = spending
  const row = await findSpend(ctx, ownerId, scope, period)
  const micros = (row?.micros ?? 0) + costMicros
  const inputTokens = (row?.inputTokens ?? 0) + (usage?.inputTokens ?? 0)
  const outputTokens = (row?.outputTokens ?? 0) + (usage?.outputTokens ?? 0)
  const calls = (row?.calls ?? 0) + 1
  if (row) await ctx.db.patch(row._id, { micros, inputTokens, outputTokens, calls })
  else await ctx.db.insert('spend', { ownerId, scope, period, micros, inputTokens, outputTokens, calls })
}

export async function findSpend(
  ctx: QueryCtx,
  ownerId: string,
  scope: string,
  period: string,
): Promise<Doc<'spend'> | null> {
  return ctx.db
    .query('spend')
    .withIndex('by_owner', (q) => q.eq('ownerId', ownerId).eq('scope', scope).eq('period', period))
    .unique()
}
