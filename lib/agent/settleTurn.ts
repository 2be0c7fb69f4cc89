/** Ends a turn: its state, the folded text and the start of the next turn are one transaction. */
import { api } from '../../convex/_generated/api.js'
import type { MessageSent } from '../../inngest/client.ts'
import { type ChatErrorCode, chatErrors } from '../chat/chatError.ts'
import { serviceMutation } from '../convex/serviceClient.ts'
import { broughtMessage } from './broughtMessage.ts'
import type { Turn } from './takeTurn.ts'

const PATIENCE = { patienceMs: 20_000 }

/**
 * A turn that was stopped, restarted or failed meanwhile has another epoch: then this changes nothing and says `not-yours`.
 * If we crash after it: it is called again and says `not-yours`. The next turn was started in the same transaction, and its event is owed.
 */
export function settleTurn({ turnId, epoch }: Turn) {
  return serviceMutation(api.service.turns.settle, { turnId, epoch, outcome: { kind: 'completed' } }, PATIENCE)
}

/** Inngest has given up on a run: whatever it owned ends visibly. If this fails too, the watchdog ends it. */
export function failRun(runId: string, message: MessageSent | undefined, code: ChatErrorCode) {
  const error = { code, message: chatErrors[code].message }
  if (!message) return serviceMutation(api.service.turns.failRun, { runId, error }, PATIENCE)
  return serviceMutation(api.service.turns.failRun, { runId, message: broughtMessage(message), error }, PATIENCE)
}
