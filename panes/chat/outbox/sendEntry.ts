// One try to send: the first over the server action, every later one over POST /api/messages, whose name no deploy changes.
import { sendMessage } from '../../../lib/chat/sendMessage.ts'
import { isFirstTry, type OutboxEntry, type OutboxError } from './outboxEntry.ts'
import type { SendAnswer } from './sendResult.ts'

/** Well under the lease of a try (outboxEntry.ts): a try is over before another tab may take it. */
const ANSWER_WITHIN_MS = 12_000

export async function sendEntry(entry: OutboxEntry): Promise<SendAnswer> {
  const { messageId, threadId, text, after, resend, policy = null, model = null, edits = null } = entry
  const input = { messageId, threadId, text, after, resend, policy, model, edits }
  if (!isFirstTry(entry)) return post(input)
  const result = await withDeadline(sendMessage(input))
  // A sign-in that expired may answer an action with a page instead of a result.
  if (typeof result !== 'object' || result === null) throw new Error('The server action gave no answer.')
  return result.ok ? { ok: true } : { ok: false, error: result.error }
}

async function post(input: object): Promise<SendAnswer> {
  const response = await fetch('/api/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  })
  if (response.ok && !response.redirected) return { ok: true }
  const error = parseError(await response.json().catch(() => null))
  if (error === null) throw new Error(`The server answered ${response.status} without saying why.`)
  return { ok: false, error }
}

function parseError(body: unknown): OutboxError | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null
  const { error } = body
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) return null
  const { code, message } = error
  if (typeof code !== 'string' || typeof message !== 'string') return null
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : ''
  const retryAt = 'retryAt' in error && typeof error.retryAt === 'number' ? { retryAt: error.retryAt } : {}
  return { code, message, hint, ...retryAt }
}

function withDeadline<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The server action took too long.')), ANSWER_WITHIN_MS)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
