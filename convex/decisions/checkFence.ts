/** The fence: whether a write still comes from the one try that may write. Nothing else decides it. */
import type { Doc } from '../_generated/dataModel.js'
import type { Fence } from '../validators.ts'

export function checkFence(
  turn: Pick<Doc<'turns'>, 'state' | 'epoch'>,
  step: Pick<Doc<'steps'>, 'state' | 'epoch' | 'try'>,
  fence: Fence,
): boolean {
  return (
    turn.state === 'processing' &&
    turn.epoch === fence.epoch &&
    step.state === 'open' &&
    step.epoch === fence.epoch &&
    step.try === fence.try
  )
}
