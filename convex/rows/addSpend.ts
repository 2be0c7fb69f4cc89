/** Counts what a model call cost: for the person's day and month, and for the thread. Only inside the transaction that is told the call's result. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { dayOf, monthOf } from '../decisions/spendPeriods.ts'
import type { Spend } from '../validators.ts'

export const personScope = 'person'
export const threadPeriod = 'all'

/** Whose it is. */
export interface Spender {
  ownerId: string
  thread: Id<'threads'> | null
}

/** A call whose price is not known is counted with its tokens all the same. */
export async function addSpend(
  ctx: MutationCtx,
  { ownerId, thread }: Spender,
  spend: Spend,
  now: number,
): Promise<void> {
  await addTo(ctx, ownerId, personScope, dayOf(now), spend)
  await addTo(ctx, ownerId, personScope, monthOf(now), spend)
  if (thread) await addTo(ctx, ownerId, thread, threadPeriod, spend)
}

async function addTo(
  ctx: MutationCtx,
  ownerId: string,
  scope: string,
  period: string,
  { usage, costMicros = 0 }: Spend,
): Promise<void> {
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
