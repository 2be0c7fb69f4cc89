/** Whether a run may end a turn. */
import type { Doc } from '../_generated/dataModel.js'

/** `again`: it was this very call that ended it; its answer was lost. */
export function decideSettle(
  turn: Pick<Doc<'turns'>, 'state' | 'epoch'> | null,
  epoch: number,
  outcome: 'completed' | 'failed' | 'cancelled',
): 'settle' | 'again' | 'not-yours' {
  if (!turn) return 'not-yours'
  if (turn.state === 'processing') return turn.epoch === epoch ? 'settle' : 'not-yours'
  return turn.state === outcome && turn.epoch === epoch + 1 ? 'again' : 'not-yours'
}
