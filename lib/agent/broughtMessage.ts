/** A message as the database takes it, with everything that it asks for: whether it begins, or could not. Pure. */
import type { FunctionArgs } from 'convex/server'
import type { api } from '../../convex/_generated/api.js'
import type { MessageSent } from '../../inngest/client.ts'

export type BroughtMessage = Omit<FunctionArgs<typeof api.service.turns.begin>, 'runId'>

/** Events from before these fields were there lack them. */
export function broughtMessage({ ownerId, threadId, after, ...sent }: MessageSent): BroughtMessage {
  const { messageId, text, sentAt, policy = null, model = null, edits = null } = sent
  return { ownerId, threadId, message: { messageId, text, sentAt, policy, model, edits }, after }
}
