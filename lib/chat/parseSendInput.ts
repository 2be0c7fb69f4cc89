/** What may be sent: unknown input in, a clean message or a typed refusal out. Pure; the browser may use it too. */
import { z } from 'zod'
import type { Policy } from '../../convex/validators.ts'
import { type ChatErrorCode, type ChatErrorData, chatErrorData } from './chatError.ts'
import { isClientId, maxMessageChars } from './messageLimits.ts'
import { isModelName, policies } from './messagePolicy.ts'
import type { MessageStatus } from './messageStatus.ts'
import { sanitizeText } from './sanitizeText.ts'

export interface SendInput {
  /** A new lower-case version 4 UUID; the same one when the same message is sent again. */
  messageId: string
  threadId: string
  text: string
  /** The id of the message sent before this one from the same device, so that two quick sends keep their order. */
  after?: string | null
  /** 0 at first, one more each time the message was not seen to arrive. */
  resend?: number
  /** What becomes of it while a reply is being made; null: as the thread is set. */
  policy?: Policy | null
  /** The model that is to answer it; null: as the thread is set. */
  model?: string | null
  /** The person's earlier message that it replaces, on a branch of its own. */
  edits?: string | null
}

export type SendResult =
  /** Acknowledged: Inngest has stored the event. The message may leave the outbox when a subscription shows it. */
  { ok: true; messageId: string; eventId: string; status: MessageStatus } | { ok: false; error: ChatErrorData }

export type CleanMessage = { [Field in keyof SendInput]-?: Exclude<SendInput[Field], undefined> }
export type ParsedSendInput = { ok: true; message: CleanMessage } | { ok: false; error: ChatErrorData }

/** Resends are numbered by the device; a bound keeps ids short. */
const MOST_RESENDS = 100_000
/** Text longer than this is refused before any work is done on it: cleaning may shorten it, but not by that much. */
const LONGEST_RAW_CHARS = 4 * maxMessageChars

const clientId = z.string().refine(isClientId)
const shape = z.object({
  messageId: clientId,
  threadId: clientId,
  text: z.string(),
  after: clientId.nullish(),
  resend: z.number().int().min(0).max(MOST_RESENDS).optional(),
  policy: z.enum(policies).nullish(),
  model: z.string().refine(isModelName).nullish(),
  edits: clientId.nullish(),
})

function refuse(code: ChatErrorCode): { ok: false; error: ChatErrorData } {
  return { ok: false, error: chatErrorData(code) }
}

const idFields = new Set<PropertyKey>(['messageId', 'threadId', 'after', 'edits'])

export function parseSendInput(input: unknown): ParsedSendInput {
  const parsed = shape.safeParse(input)
  if (!parsed.success) {
    return refuse(
      parsed.error.issues.every(({ path: [field] }) => field !== undefined && idFields.has(field))
        ? 'bad-id'
        : 'bad-request',
    )
  }
  const { messageId, threadId, text: raw, after, resend = 0, policy = null, model = null, edits = null } = parsed.data
  if (edits === messageId) return refuse('bad-id')
  if (raw.length > LONGEST_RAW_CHARS) return refuse('message-too-long')
  const text = sanitizeText(raw)
  if (text.length === 0) return refuse('message-empty')
  // 32,000 units are at most 96 KB of UTF-8: well under Inngest's smallest event limit of 256 KB.
  if (text.length > maxMessageChars) return refuse('message-too-long')
  // A message that names itself as its predecessor would wait for itself.
  const predecessor = after === undefined || after === messageId ? null : after
  return { ok: true, message: { messageId, threadId, text, after: predecessor, resend, policy, model, edits } }
}
