'use server'
/** Hop 2 of 7. The server action behind “Send”, callable from any component. Exports exactly this: every export of this file is an endpoint. */
import { acceptMessage } from './acceptMessage.ts'
import type { SendInput, SendResult } from './parseSendInput.ts'

/**
 * Authenticate → validate and sanitize → rate-limit → trigger → acknowledge. Expected refusals are returned, never thrown, so that
 * the draft is kept. What arrives is whatever a browser sent: acceptMessage reads it as unknown.
 */
export async function sendMessage(input: SendInput): Promise<SendResult> {
  return acceptMessage(input)
}
