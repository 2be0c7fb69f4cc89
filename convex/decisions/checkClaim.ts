/** The claim: the guarantee that one run, and no second one, makes a turn's reply. Nothing else decides it. */
import { isSettled } from '../../lib/chat/messageStatus.ts'
import type { Doc } from '../_generated/dataModel.js'

export type Claim = 'go' | 'not-yours' | 'settled' | 'stopped'

export function checkClaim(
  turn: Pick<Doc<'turns'>, 'state' | 'epoch' | 'runId'> | null,
  wanted: { epoch: number; runId: string },
): Claim {
  if (!turn) return 'settled'
  if (turn.state === 'cancelled') return 'stopped'
  if (isSettled(turn.state)) return 'settled'
  if (turn.state !== 'processing' || turn.epoch !== wanted.epoch) return 'not-yours'
  return turn.runId === undefined || turn.runId === wanted.runId ? 'go' : 'not-yours'
}
