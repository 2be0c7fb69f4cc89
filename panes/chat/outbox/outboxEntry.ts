// One message on its way out, as a pure state machine: (entry, event, now) → the next entry, or null when it is done with.
// No storage, no network, no timers here: those are in createOutbox.ts. If a tab dies between any two lines there, what is
// stored is one of the states below, and each of them says by itself when it must be looked at again (`nextTryAt`).

import type { Policy } from '../../../convex/validators.ts'

const SECOND = 1_000
/** A try that has not ended by then is lost, whatever became of its tab. Longer than any request's timeout. */
export const TRY_LEASE_MS = 30 * SECOND
/** Acknowledged but in no thread: after this the same message goes out again with a higher resend number. */
export const UNSEEN_MS = 60 * SECOND
/** 1, 2, 4, 8, 16, then every 30 seconds. */
const BACKOFF_CAP_MS = 30 * SECOND
/** Waiting for something other than time: a sign-in. Only `woken` moves such an entry. */
export const UNTIL_WOKEN = Number.MAX_SAFE_INTEGER

export type OutboxError = { code: string; message: string; hint: string; retryAt?: number }

/**
 * waiting: to be tried at nextTryAt · sending: a try is out, lost at nextTryAt · sent: acknowledged, sent again at nextTryAt
 * unless seen in its thread · refused: never tried again as it is, the person decides.
 */
export type OutboxState = 'waiting' | 'sending' | 'sent' | 'refused'

/** What the person chose for this one message. Absent: as the thread is set, also in entries of an older deploy. */
export type OutboxChoices = {
  policy?: Policy
  model?: string
  /** The person's earlier message that this one replaces. */
  edits?: string
}

export type OutboxEntry = OutboxChoices & {
  ownerId: string
  messageId: string
  threadId: string
  text: string
  /** The message that was written before this one in the same thread; the server keeps this order. */
  after: string | null
  createdAt: number
  resend: number
  tries: number
  state: OutboxState
  nextTryAt: number
  error?: OutboxError
}

export type OutboxEvent =
  | { type: 'trying' }
  | { type: 'acknowledged' }
  | { type: 'unreachable'; error: OutboxError; again: 'at-once' | 'later' }
  | { type: 'refused'; error: OutboxError; kind: RefusalKind }
  | { type: 'landed' }
  | { type: 'woken' }
  /** The person wants it tried now, whatever time was named. */
  | { type: 'hurried' }
  /** This tab has just become the one that sends: a try that is still out belonged to a tab that is gone. */
  | { type: 'orphaned' }

/** later: the same message may work by itself later · signed-out: it waits for its person · final: it must be changed first. */
export type RefusalKind = 'later' | 'signed-out' | 'final'

export function nextEntry(entry: OutboxEntry, event: OutboxEvent, now: number): OutboxEntry | null {
  switch (event.type) {
    case 'landed':
      return null
    case 'trying':
      return isDue(entry, now) ? startTry(entry, now) : entry
    case 'acknowledged':
      if (entry.state !== 'sending') return entry
      return { ...withoutError(entry), state: 'sent', tries: 0, nextTryAt: now + UNSEEN_MS }
    case 'unreachable': {
      if (entry.state !== 'sending') return entry
      const nextTryAt = event.again === 'at-once' ? now : now + computeBackoff(entry.tries)
      return { ...entry, state: 'waiting', nextTryAt, error: event.error }
    }
    case 'refused':
      return entry.state === 'sending' ? refuse(entry, event, now) : entry
    case 'orphaned':
      return entry.state === 'sending' ? { ...entry, state: 'waiting', nextTryAt: now } : entry
    case 'hurried':
      return entry.state === 'waiting' ? { ...entry, nextTryAt: now } : entry
    case 'woken':
      return mayBeHurried(entry, now) ? { ...entry, nextTryAt: now } : entry
    default:
      return unreachable(event)
  }
}

/** Due: this entry should be tried now. A refused one never is. */
export const isDue = (entry: OutboxEntry, now: number): boolean => entry.state !== 'refused' && entry.nextTryAt <= now

/** It lies on this device alone, as far as this device knows. What is out or acknowledged can only be stopped. */
export const mayBeTakenBack = ({ state }: OutboxEntry): boolean => state === 'waiting' || state === 'refused'

/** It waits to be tried again. No answer does not mean that it did not arrive. */
export const mayHaveArrived = ({ state, tries }: OutboxEntry): boolean => state === 'waiting' && tries > 0

/** It waits for a sign-in. */
export const isUntilWoken = (entry: OutboxEntry): boolean =>
  entry.state === 'waiting' && entry.nextTryAt === UNTIL_WOKEN

/** The first try of a message goes through the server action; everything later through POST /api/messages, which no deploy renames. */
export const isFirstTry = (entry: OutboxEntry): boolean => entry.tries <= 1 && entry.resend === 0

export function computeBackoff(tries: number): number {
  return Math.min(BACKOFF_CAP_MS, SECOND * 2 ** Math.max(0, tries - 1))
}

function startTry(entry: OutboxEntry, now: number): OutboxEntry {
  const isResend = entry.state === 'sent'
  return {
    ...entry,
    state: 'sending',
    tries: entry.tries + 1,
    resend: entry.resend + (isResend ? 1 : 0),
    nextTryAt: now + TRY_LEASE_MS,
  }
}

function refuse(entry: OutboxEntry, event: Extract<OutboxEvent, { type: 'refused' }>, now: number): OutboxEntry {
  const { error } = event
  switch (event.kind) {
    case 'final':
      return { ...entry, state: 'refused', nextTryAt: UNTIL_WOKEN, error }
    case 'signed-out':
      return { ...entry, state: 'waiting', nextTryAt: UNTIL_WOKEN, error }
    case 'later':
      return { ...entry, state: 'waiting', nextTryAt: error.retryAt ?? now + computeBackoff(entry.tries), error }
    default:
      return unreachable(event.kind)
  }
}

/** Coming online or signing in hurries what waits, but not past a time the server itself named. */
function mayBeHurried(entry: OutboxEntry, now: number): boolean {
  return entry.state === 'waiting' && entry.nextTryAt > now && entry.error?.retryAt === undefined
}

function withoutError({ error: _, ...entry }: OutboxEntry): OutboxEntry {
  return entry
}

function unreachable(value: never): never {
  throw new Error(`The outbox met something it does not know: ${JSON.stringify(value)}`)
}
