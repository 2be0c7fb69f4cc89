/** A turn's ledger as people and `npm run trace` see it: without results, which may be long. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
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

function ledgerRow(row: Doc<'steps'>): LedgerRow {
  const { _id, _creationTime, turn, ownerId, result, ...shown } = row
  return { turnId: turn, ...shown }
}
