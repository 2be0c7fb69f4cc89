/** Closes what the ledger still shows as open when a turn ends: nobody will commit it any more. */
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { endTry } from '../decisions/ledgerTries.ts'

/** More steps than a turn may take (see the worker's own limit). */
export const stepsPerTurn = 500

export async function closeLedger(ctx: MutationCtx, turn: Id<'turns'>, now: number): Promise<void> {
  const steps = await ctx.db
    .query('steps')
    .withIndex('by_turn_step', (q) => q.eq('turn', turn))
    .take(stepsPerTurn)
  for (const step of steps) {
    if (step.state !== 'open') continue
    const error = { code: 'stopped', message: 'The turn ended before this step did.' }
    await ctx.db.patch(step._id, { state: 'failed', endedAt: now, error, tries: endTry(step, now, error) })
  }
}
