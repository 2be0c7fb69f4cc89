// What the element of every message carries: which one it is, and how it stands.
import type { TailMessage } from '../../convex/validators.ts'

export const articleProps = (message: TailMessage) => ({
  'data-message-id': message.messageId,
  'data-role': message.role,
  'data-status': message.status,
  'data-job-id': message.inngestJobId,
})
