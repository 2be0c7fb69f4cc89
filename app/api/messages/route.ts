/**
 * POST /api/messages: the same core as the server action, for resends, for tabs older than a deploy, and for other clients.
 *
 * Request   `content-type: application/json`, at most 256 KB: `{messageId, threadId, text, after?, resend?, policy?, model?, edits?}`.
 *           `messageId` and `threadId` are lower-case version 4 UUIDs of the client's making; send the same `messageId` again for the
 *           same message, with a higher `resend`: there will be one message and one reply. `after` is the message sent before it from
 *           the same device, which it waits for. `policy` (queue, steer, interrupt) says what becomes of it while a reply is being made,
 *           `model` (the id of one on offer; any other means the default) is asked in place of the chat's, `edits` names the earlier
 *           message that it replaces.
 * Who       The Clerk session cookie, then only from the app's own origin; or `Authorization: Bearer <session token>`.
 * Answers   202 `{messageId, eventId, status}`: stored by the queue.
 *           Otherwise `{error: {code, message, hint, retryAt?}}`: 400 malformed, 401 signed out (never a redirect), 402 the budget of this
 *           chat is spent, 403 another site, 410 the account was deleted, 413 too long, 415 not JSON, 429 too fast, or the budget of the
 *           day or the month is spent, 500 a fault of ours, 503 a part is down or not set up. 429 and 503 come with `Retry-After`, in seconds.
 */
import { acceptMessage } from '../../../lib/chat/acceptMessage.ts'
import { type ChatErrorData, chatErrorData, chatErrors } from '../../../lib/chat/chatError.ts'
import { isOwnOrigin } from '../../../lib/chat/isOwnOrigin.ts'
import { readJsonBody } from '../../../lib/chat/readJsonBody.ts'
import { requireEnv } from '../../../lib/env.ts'

export const dynamic = 'force-dynamic'

/** When a part is down: it is usually back within seconds. */
const RETRY_AFTER_S = 5
const noStore = { 'cache-control': 'no-store' }

function refusal(error: ChatErrorData): Response {
  const { status } = chatErrors[error.code]
  const waitS =
    error.retryAt === undefined ? RETRY_AFTER_S : Math.max(1, Math.ceil((error.retryAt - Date.now()) / 1000))
  const retryAfter: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': String(waitS) } : {}
  return Response.json({ error }, { status, headers: { ...noStore, ...retryAfter } })
}

function ownOrigins(): readonly string[] | undefined {
  try {
    return requireEnv().APP_ORIGIN
  } catch (error) {
    console.error(error)
    return undefined
  }
}

export async function POST(request: Request): Promise<Response> {
  const origins = ownOrigins()
  if (!origins) return refusal(chatErrorData('not-configured'))
  if (!isOwnOrigin(request.headers, origins)) return refusal(chatErrorData('wrong-origin'))
  const body = await readJsonBody(request)
  if (!body.ok) return refusal(body.error)
  const result = await acceptMessage(body.value)
  if (!result.ok) return refusal(result.error)
  const { messageId, eventId, status } = result
  return Response.json({ messageId, eventId, status }, { status: 202, headers: noStore })
}
