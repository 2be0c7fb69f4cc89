/** Whether a run may work on a step, and as which try. */
import { isSettled } from '../../lib/chat/messageStatus.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { StepResult } from '../validators.ts'
import { ownsTurn } from './checkClaim.ts'

export type Open =
  | { kind: 'go'; try: number; failures: number }
  | { kind: 'done'; result: StepResult }
  | { kind: 'stopped' }
  | { kind: 'not-yours' }

export function decideOpen(
  turn: Pick<Doc<'turns'>, 'state' | 'epoch' | 'runId'> | null,
  step: Pick<Doc<'steps'>, 'state' | 'try' | 'failures' | 'result'> | null,
  wanted: { epoch: number; runId: string },
): Open {
  if (!turn || isSettled(turn.state)) return { kind: 'stopped' }
  if (!ownsTurn(turn, wanted)) return { kind: 'not-yours' }
  // Committed under whatever epoch: paid for once.
  if (step?.state === 'done' && step.result) return { kind: 'done', result: step.result }
  return { kind: 'go', try: (step?.try ?? 0) + 1, failures: step?.failures ?? 0 }
}
