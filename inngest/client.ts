/** Hop 3 of 7. The Inngest client and every event of the product, validated, with the ids that make sending one twice harmless. */
import { eventType, Inngest } from 'inngest'
import { z } from 'zod'
import { isClientId, maxMessageChars } from '../lib/chat/messageLimits.ts'
import { isModelName, policies } from '../lib/chat/messagePolicy.ts'

const clientId = z.string().refine(isClientId, 'must be a lower-case version 4 UUID')
const ownerId = z.string().min(1).max(255)

/** A person sent a message. Made by lib/chat/acceptMessage.ts. */
export const messageSent = eventType('chat/message.sent', {
  schema: z.object({
    ownerId,
    threadId: clientId,
    messageId: clientId,
    text: z.string().min(1).max(maxMessageChars),
    /** The message sent before it in this thread from the same device: it must come first. */
    after: clientId.nullable(),
    /** Rises when the client sends again what it has not seen arrive. */
    resend: z.number().int().min(0),
    /** Server time (ms). */
    sentAt: z.number(),
    /** What it asks for; events from before these fields were there lack them. */
    policy: z.enum(policies).nullish(),
    model: z.string().refine(isModelName, 'must be the name of a model').nullish(),
    /** The person's earlier message that this one replaces, on a new branch. */
    edits: clientId.nullish(),
  }),
})

/** A turn got its place and waits for a run. Owed by the database in the transaction that started it (convex/, table `owed`). */
export const turnStarted = eventType('chat/turn.started', {
  schema: z.object({ ownerId, threadId: clientId, turnId: z.string().min(1), epoch: z.number().int() }),
})

/** A thread has a first exchange and no title. Owed by the database. */
export const titleWanted = eventType('chat/title.wanted', {
  schema: z.object({ ownerId, threadId: clientId }),
})

/** A wait or a schedule has a time. Owed by the database; `version` names the state of the row that the time belongs to. */
export const timerSet = eventType('chat/timer.set', {
  schema: z.object({
    kind: z.enum(['wait', 'schedule']),
    id: z.string().min(1),
    version: z.number().int(),
    /** When it rings (ms). */
    at: z.number(),
  }),
})

/** A thread has grown past what one prompt holds. Owed by the database, again until everything up to `uptoSettled` is told by a summary. */
export const summaryWanted = eventType('chat/summary.wanted', {
  schema: z.object({ ownerId, threadId: clientId, branch: z.string().min(1), uptoSettled: z.number().int() }),
})

export type MessageSent = z.infer<typeof messageSent.schema>

/**
 * Inngest drops a second event with the same id for a day. An optimisation: `claim` and the unique message id are the guarantee.
 * A higher resend number gets past it on purpose. The database makes the ids of the other events itself.
 */
export function messageSentId(message: { ownerId: string; messageId: string; resend: number }): string {
  return `msg:${message.ownerId}:${message.messageId}:${message.resend}`
}

/** Inngest answers in milliseconds; what takes longer is lost, and the SDK tries again. */
const REQUEST_TIMEOUT_MS = 10_000

/** Addresses and keys come from INNGEST_DEV, INNGEST_BASE_URL, INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY, read by the SDK on use. */
export const inngest = new Inngest({
  id: 'nightshift',
  fetch: (input, init) => {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
    return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout })
  },
})
