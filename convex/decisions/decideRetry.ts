/** Whether a message may be tried again. Terminal is terminal: Retry makes a new turn. */
import type { MessageStatus } from '../../lib/chat/messageStatus.ts'

export function decideRetry(latest: MessageStatus): 'retry' | 'running' | 'refused' {
  switch (latest) {
    case 'failed':
    case 'cancelled':
      return 'retry'
    case 'pending':
    case 'processing':
      return 'running'
    case 'waiting':
    case 'completed':
      return 'refused'
  }
}
