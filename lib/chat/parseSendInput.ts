/** What may be sent: unknown input in, a clean message or a typed refusal out. Pure; the browser may use it too. */
import { z } from 'zod'
import { type ChatErrorCode, type ChatErrorData, chatErrorData } from './chatError.ts'
import { isClientId, maxMessageChars } from './messageLimits.ts'
import type { MessageStatus } from './messageStatus.ts'

export interface SendInput {
  /** A new lower-case version 4 UUID; the same one when the same message is sent again. */
  messageId: string
  threadId: string
  text: string
  /** The id of the message sent before this one from the same device, so that two quick sends keep their order. */
  after?: string | null
  /** 0 at first, one more each time the message was not seen to arrive. */
  resend?: number
}

export type SendResult =
  /** Acknowledged: Inngest has stored the event. The message may leave the outbox when a subscription shows it. */
  { ok: true; messageId: string; eventId: string; status: MessageStatus } | { ok: false; error: ChatErrorData }

export type CleanMessage = Required<SendInput> & { after: string | null }
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
})

/** C0 and C1 control characters but tab and line feed. They have no meaning in a chat, and terminals and logs act on them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const controlCharacters = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g

/**
 * Line ends become line feeds, control characters go, half surrogate pairs become U+FFFD (Convex and JSON would refuse or change
 * them), equal characters get equal code points (NFC), and blank lines around the text go. Spaces that indent the first line stay.
 */
export function sanitizeText(raw: string): string {
  const text = raw.replace(/\r\n?/g, '\n').replace(controlCharacters, '').toWellFormed().normalize('NFC').trimEnd()
  const firstInk = text.search(/\S/)
  const lineStart = firstInk < 0 ? 0 : text.lastIndexOf('\n', firstInk) + 1
  return text.slice(lineStart)
}

function refuse(code: ChatErrorCode): { ok: false; error: ChatErrorData } {
  return { ok: false, error: chatErrorData(code) }
}

const idFields = new Set<PropertyKey>(['messageId', 'threadId', 'after'])

export function parseSendInput(input: unknown): ParsedSendInput {
  const parsed = shape.safeParse(input)
  if (!parsed.success) {
    return refuse(
      parsed.error.issues.every(({ path: [field] }) => field !== undefined && idFields.has(field))
        ? 'bad-id'
        : 'bad-request',
    )
  }
  const { messageId, threadId, text: raw, after = null, resend = 0 } = parsed.data
  if (raw.length > LONGEST_RAW_CHARS) return refuse('message-too-long')
  const text = sanitizeText(raw)
  if (text.length === 0) return refuse('message-empty')
  // 32,000 units are at most 96 KB of UTF-8: well under Inngest's smallest event limit of 256 KB.
  if (text.length > maxMessageChars) return refuse('message-too-long')
  // A message that names itself as its predecessor would wait for itself.
  return { ok: true, message: { messageId, threadId, text, after: after === messageId ? null : after, resend } }
}
