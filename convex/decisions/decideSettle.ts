/** Whether a run may end a turn. */
import type { Doc } from '../_generated/dataModel.js'

/**
 * `again`: it was this very call that ended it; its answer was lost. `unfinished`: the run says that all is done and the ledger knows
 * better (a step of this turn is open or failed), so half a reply would be kept: the turn starts anew.
 */
export function decideSettle(
  turn: Pick<Doc<'turns'>, 'state' | 'epoch'> | null,
  epoch: number,
  outcome: 'completed' | 'failed' | 'cancelled',
  work: readonly Pick<Doc<'steps'>, 'kind' | 'state'>[],
): 'settle' | 'again' | 'unfinished' | 'not-yours' {
  if (!turn) return 'not-yours'
  if (turn.state === 'processing') {
    if (turn.epoch !== epoch) return 'not-yours'
    const isWork = (step: (typeof work)[number]) => step.kind === 'model' || step.kind === 'tool'
    return outcome === 'completed' && work.some((step) => isWork(step) && step.state !== 'done')
      ? 'unfinished'
      : 'settle'
  }
  const state = turn.state === 'waiting' ? 'completed' : turn.state
  return state === outcome && turn.epoch === epoch + 1 ? 'again' : 'not-yours'
}
