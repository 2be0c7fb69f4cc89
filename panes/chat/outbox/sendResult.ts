// What a try to send came to, and what that means for the entry. Pure.
import { chatErrors, isChatErrorCode } from '../../../lib/chat/chatError.ts'
import { isFirstTry, type OutboxEntry, type OutboxError, type OutboxEvent } from './outboxEntry.ts'

export type SendAnswer = { ok: true } | { ok: false; error: OutboxError }

/** Statuses after which the very same message may be accepted: the server is down, busy, or asks to slow down. */
const temporaryStatuses = new Set([408, 425, 429, 500, 502, 503, 504])

export function eventOfAnswer(answer: SendAnswer): OutboxEvent {
  if (answer.ok) return { type: 'acknowledged' }
  const { error } = answer
  return { type: 'refused', kind: refusalKind(error.code), error }
}

/**
 * A try without an answer: the network, the server, or an action that a deploy renamed. The first one goes on at once over
 * POST, which has a lasting name; the following ones wait.
 */
export function eventOfFailure(entry: OutboxEntry, error: OutboxError, isOnline: boolean): OutboxEvent {
  return { type: 'unreachable', error, again: isFirstTry(entry) && isOnline ? 'at-once' : 'later' }
}

function refusalKind(code: string): Extract<OutboxEvent, { type: 'refused' }>['kind'] {
  if (code === 'not-signed-in') return 'signed-out'
  // A code from a newer server: keep the message rather than hand it back over a misunderstanding.
  if (!isChatErrorCode(code)) return 'later'
  return temporaryStatuses.has(chatErrors[code].status) ? 'later' : 'final'
}
