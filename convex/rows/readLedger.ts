/** A turn's ledger as people and `npm run trace` see it: without results, which may be long. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { present } from '../decisions/present.ts'
import type { LedgerRow } from '../validators.ts'
import { stepsPerTurn } from './closeLedger.ts'

export async function readSteps(ctx: QueryCtx, turn: Id<'turns'>): Promise<Doc<'steps'>[]> {
  const steps = await ctx.db
    .query('steps')
    .withIndex('by_turn_step', (q) => q.eq('turn', turn))
    .take(stepsPerTurn)
  // Named steps sort as words (`model-10` before `model-2`); the order they came in is the order of the story.
  return steps.toSorted((a, b) => a._creationTime - b._creationTime)
}

export async function readLedger(ctx: QueryCtx, turn: Id<'turns'>): Promise<LedgerRow[]> {
  return (await readSteps(ctx, turn)).map(ledgerRow)
}

export function ledgerRow(row: Doc<'steps'>): LedgerRow {
  return {
    turnId: row.turn,
    ...present(row, ['step', 'kind', 'state', 'try', 'epoch', 'runId', 'failures', 'openedAt']),
    ...present(row, ['endedAt', 'error', 'retryAt', 'usage', 'costMicros', 'fallbacks']),
  }
}
