/** Counts what became of a reply in the hour in which it ended, inside the transaction that ends it. */
import type { MutationCtx } from '../_generated/server.js'
import { DAY, hourOf } from '../decisions/hourOf.ts'
import type { Counted } from '../decisions/planMove.ts'

/** More than a person's hours of two days. */
const sweptAtOnce = 50

export async function countReply(ctx: MutationCtx, ownerId: string, as: Counted, now: number): Promise<void> {
  const at = hourOf(now)
  const row = await ctx.db
    .query('hours')
    .withIndex('by_owner', (q) => q.eq('ownerId', ownerId).eq('at', at))
    .unique()
  if (row) {
    await ctx.db.patch(row._id, { [as]: row[as] + 1 })
    return
  }
  await ctx.db.insert('hours', { ownerId, at, done: 0, failed: 0, stopped: 0, [as]: 1 })
  // Once an hour what is older than shown goes: a person has a day of rows, however long they stay.
  const old = ctx.db.query('hours').withIndex('by_owner', (q) => q.eq('ownerId', ownerId).lt('at', at - DAY))
  for (const { _id } of await old.take(sweptAtOnce)) await ctx.db.delete(_id)
}
