/** A sign of life from a turn's run. Written seldom: every write of a turn wakes the worker's own subscription. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { renewDueBy } from '../decisions/watchdogTimes.ts'
import { currentTimes } from '../times.ts'

export async function touchTurn(ctx: MutationCtx, turn: Doc<'turns'>, now: number): Promise<void> {
  const dueBy = renewDueBy(turn.dueBy, now, currentTimes())
  if (dueBy !== undefined) await ctx.db.patch(turn._id, { dueBy })
}
