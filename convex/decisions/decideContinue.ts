/** Whether a stopped reply may go on where it ends. */
import type { MessageStatus } from '../../lib/chat/messageStatus.ts'

export interface ContinueFacts {
  state: MessageStatus
  /** The model has said something, or used a tool. */
  hasContent: boolean
  /** Nothing came after it on its branch: what goes on must follow what it goes on from. */
  isLast: boolean
}

export function decideContinue({ state, hasContent, isLast }: ContinueFacts): 'continue' | 'refused' {
  return state === 'cancelled' && hasContent && isLast ? 'continue' : 'refused'
}
