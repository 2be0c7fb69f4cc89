/** The claim: the guarantee that one run, and no second one, makes a turn's reply. Nothing else decides it. */
import { isSettled } from '../../lib/chat/messageStatus.ts'
import type { Doc } from '../_generated/dataModel.js'

export type Claim = 'go' | 'not-yours' | 'settled' | 'stopped'

type Claimable = Pick<Doc<'turns'>, 'state' | 'epoch' | 'runId'>
interface Wanted {
  epoch: number
  runId: string
}

/** The first run to claim an epoch has it; the same run may ask again. */
export function checkClaim(turn: Claimable | null, wanted: Wanted): Claim {
  if (!turn) return 'settled'
  if (turn.state === 'cancelled') return 'stopped'
  if (isSettled(turn.state)) return 'settled'
  if (turn.state !== 'processing' || turn.epoch !== wanted.epoch) return 'not-yours'
  return turn.runId === undefined || turn.runId === wanted.runId ? 'go' : 'not-yours'
}

/** It has claimed it: it may work on it. */
export function ownsTurn(turn: Claimable, wanted: Wanted): boolean {
  return turn.state === 'processing' && turn.epoch === wanted.epoch && turn.runId === wanted.runId
}
