/** The one table: what went wrong in a step → how often it is tried, how long it waits, and what the person reads. Pure. */
import { type ChatErrorCode, chatErrors } from '../chat/chatError.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

interface Policy {
  /** How often a step may end in this before the turn fails. Counted by the database (`failures`), which survives every death. */
  tries: number
  /** Pause before the second try, the third …; the last one stands for all further ones. */
  delaysMs: readonly number[]
  /** What the failed turn says: its words and hint are in chatError.ts. */
  code: ChatErrorCode
  /** Shown while it waits, as in “Retrying at 14:05: the model is busy”. */
  reason: string
  /** Another model may do better: it is asked when this one has used up its tries. */
  nextModel?: true
}

const once = { tries: 1, delaysMs: [] } as const

export const retryPolicy = {
  /** 429. The provider's Retry-After goes before the table. */
  'rate-limited': {
    tries: 6,
    delaysMs: [5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE],
    code: 'model-rate-limited',
    reason: 'The model is busy.',
    nextModel: true,
  },
  /** 5xx, 408, 409, 529. */
  overloaded: {
    tries: 6,
    delaysMs: [SECOND, 3 * SECOND, 8 * SECOND, 20 * SECOND, 45 * SECOND],
    code: 'model-unavailable',
    reason: 'The model did not answer.',
    nextModel: true,
  },
  /** Refused, reset, or cut before the end. */
  connection: {
    tries: 6,
    delaysMs: [SECOND, 2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND],
    code: 'model-unavailable',
    reason: 'The connection to the model broke.',
    nextModel: true,
  },
  garbled: {
    tries: 3,
    delaysMs: [SECOND, 3 * SECOND],
    code: 'model-garbled',
    reason: 'The model sent an answer that could not be read.',
    nextModel: true,
  },
  /** Each try has cost MODEL_STALL_MS of silence already: a second one is fair, a third is hanging. */
  stalled: {
    tries: 2,
    delaysMs: [SECOND],
    code: 'model-stalled',
    reason: 'The model stopped answering.',
    nextModel: true,
  },
  empty: {
    tries: 2,
    delaysMs: [SECOND],
    code: 'model-unavailable',
    reason: 'The model sent an empty answer.',
    nextModel: true,
  },
  /** The same request would be declined again. */
  refused: { ...once, code: 'model-refused', reason: 'The model declined.' },
  /** 400, 404, 422: wrong model name, wrong parameters. */
  rejected: { ...once, code: 'model-rejected', reason: 'The model did not accept the request.', nextModel: true },
  /** 401, 403. */
  misconfigured: { ...once, code: 'model-misconfigured', reason: 'The model refused our key.', nextModel: true },
  /** 402, or “insufficient quota” in the dress of a 429. */
  quota: { ...once, code: 'model-quota', reason: 'The model account is out of credit.', nextModel: true },
  'context-too-long': {
    ...once,
    code: 'context-too-long',
    reason: 'The chat does not fit into the model.',
  },
  'reply-too-long': { ...once, code: 'reply-too-long', reason: 'The reply grew too long.' },
  'too-many-steps': { ...once, code: 'too-many-steps', reason: 'The reply took too many steps.' },
  unknown: {
    tries: 3,
    delaysMs: [2 * SECOND, 10 * SECOND],
    code: 'internal',
    reason: 'Something went wrong.',
  },
} as const satisfies Record<string, Policy>

export type ErrorClass = keyof typeof retryPolicy

export interface Failure {
  class: ErrorClass
  /** The provider's own wish, from Retry-After. */
  retryAfterMs?: number
  /** For the log and the ledger, never for the person: it may quote the provider. */
  problem: string
}

interface Said {
  code: ChatErrorCode
  message: string
}

export type RetryDecision =
  | { kind: 'retry'; retryAt: number; error: Said }
  /** This model is given up, and the next one asked at once. */
  | { kind: 'next-model'; error: Said }
  | { kind: 'give-up'; error: Said }

/** A provider that wants more patience than this is down for the person: better to say so and offer Retry. */
export const LONGEST_WAIT_MS = 15 * MINUTE
/** With another model at hand a person need not wait as long as that for this one. */
export const LONGEST_WAIT_WITH_NEXT_MS = MINUTE
/** Added to a Retry-After: an answer that comes a moment early is refused again. */
const RETRY_AFTER_MARGIN_MS = 250

/** The person has waited for another model already, and what is down may be more than one model. */
const TRIES_OF_FALLBACK = 3

interface Tried {
  /** How often this step has failed before this time, with this model. */
  failures: number
  /** How many models this turn has given up before. */
  fallbacks: number
  /** There is another model to ask. */
  hasNext: boolean
}

export function decideRetry(failure: Failure, { failures, fallbacks, hasNext }: Tried, now: number): RetryDecision {
  const policy: Policy = retryPolicy[failure.class]
  const tries = fallbacks > 0 ? Math.min(TRIES_OF_FALLBACK, policy.tries) : policy.tries
  const giveUp = (message: string): RetryDecision => ({
    kind: hasNext && policy.nextModel ? 'next-model' : 'give-up',
    error: { code: policy.code, message },
  })
  if (failures + 1 >= tries) return giveUp(chatErrors[policy.code].message)

  const wish = failure.retryAfterMs
  if (wish !== undefined && wish > (hasNext && policy.nextModel ? LONGEST_WAIT_WITH_NEXT_MS : LONGEST_WAIT_MS)) {
    const minutes = Math.ceil(wish / MINUTE)
    return giveUp(`${chatErrors[policy.code].message} It asks to be left alone for ${minutes} minutes.`)
  }
  const tableMs = policy.delaysMs[Math.min(failures, policy.delaysMs.length - 1)] ?? SECOND
  const delayMs = wish === undefined ? tableMs : Math.max(SECOND, wish + RETRY_AFTER_MARGIN_MS)
  return { kind: 'retry', retryAt: now + delayMs, error: { code: policy.code, message: policy.reason } }
}
