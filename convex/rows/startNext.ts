/** Handing the thread on: the first turn of the queue starts, if nothing else runs. */
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { moveTurn } from './moveTurn.ts'

/** A turn, and the run that is to have it. */
export interface Claim {
  turn: Id<'turns'>
  runId: string
}

/** `claimFor`: if it is this turn that starts, this run has it at once and no event is owed. */
export async function startNext(
  ctx: MutationCtx,
  threadRow: Id<'threads'>,
  now: number,
  claimFor?: Claim,
): Promise<Doc<'turns'> | null> {
  const thread = await ctx.db.get(threadRow)
  if (!thread || thread.runningTurn) return null
  const next = await ctx.db
    .query('turns')
    // Held turns have no position, and lie before every number; the lanes of planMove.ts begin at -2e9.
    .withIndex('by_thread_state', (q) => q.eq('thread', threadRow).eq('state', 'pending').gt('position', -4e9))
    .first()
  if (!next) return null
  const runId = claimFor?.turn === next._id ? claimFor.runId : null
  return moveTurn(ctx, next._id, { kind: 'start', runId }, now)
}
