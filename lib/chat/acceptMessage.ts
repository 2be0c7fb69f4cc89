/** Hop 2 of 7. The one way in for a message: authenticate → validate and sanitize → rate and budget → trigger → acknowledge. Saves nothing: the run does. */
import 'server-only'
import { ConvexError } from 'convex/values'
import { api } from '../../convex/_generated/api.js'
import { ConvexUnreachable, serviceMutation } from '../convex/serviceClient.ts'
import { EnvError, requireEnv } from '../env.ts'
import { operatorBudget } from '../model/operatorBudget.ts'
import { authenticateUser } from './authenticateUser.ts'
import { type ChatErrorCode, chatErrorData } from './chatError.ts'
import { parseSendInput, type SendResult } from './parseSendInput.ts'
import { QueueUnreachable, triggerInngestEvent } from './triggerInngestEvent.ts'

/** A person is waiting: a database that is down says so within about two seconds. */
const ADMIT_PATIENCE = { patienceMs: 1_500, timeoutMs: 3_000 }

/** A message id that was counted, or saved, is free: sending again costs nothing. */
async function admit(ownerId: string, { messageId, threadId }: { messageId: string; threadId: string }, now: number) {
  const env = requireEnv()
  const { RATE_LIMIT_PER_MINUTE: perMinute, RATE_LIMIT_BURST: burst } = env
  const args = { ownerId, messageId, threadId, now, perMinute, burst, budget: operatorBudget(env) }
  return serviceMutation(api.service.limits.admit, args, ADMIT_PATIENCE)
}

function codeOf(error: unknown): ChatErrorCode {
  if (error instanceof ConvexUnreachable) return 'database-down'
  if (error instanceof QueueUnreachable) return 'queue-down'
  if (error instanceof EnvError) return 'not-configured'
  if (error instanceof ConvexError && error.data?.code === 'account-removed') return 'account-removed'
  return 'internal'
}

export interface AcceptDeps {
  authenticateUser: () => Promise<string | null>
  admit: typeof admit
  trigger: typeof triggerInngestEvent
  now: () => number
}
const realDeps: AcceptDeps = { authenticateUser, admit, trigger: triggerInngestEvent, now: Date.now }

/** Never throws: every failure is a code with words for the person; what happened inside goes to the log, under the message's id. */
export async function acceptMessage(input: unknown, deps: AcceptDeps = realDeps): Promise<SendResult> {
  let messageId: string | undefined
  try {
    const ownerId = await deps.authenticateUser()
    if (!ownerId) return { ok: false, error: chatErrorData('not-signed-in') }

    const parsed = parseSendInput(input)
    if (!parsed.ok) return parsed
    messageId = parsed.message.messageId

    const sentAt = deps.now()
    const admitted = await deps.admit(ownerId, parsed.message, sentAt)
    if (!admitted.ok) {
      const { code, message, retryAt } = admitted
      return { ok: false, error: chatErrorData(code, { message, ...(retryAt === undefined ? {} : { retryAt }) }) }
    }

    // If we crash here, the id is counted and nothing is sent: the client sends again, for free.
    const eventId = await deps.trigger({ ownerId, sentAt, ...parsed.message })
    return { ok: true, messageId, eventId, status: 'pending' }
  } catch (error) {
    const code = codeOf(error)
    console.error(JSON.stringify({ at: 'acceptMessage', messageId, code, problem: String(error) }), error)
    return { ok: false, error: chatErrorData(code) }
  }
}
