// What a message says about itself, in words. Pure: (message, what is known besides, now) → words and a tone, or nothing.
import { formatSoon } from '../../components/clockTime.ts'
import { strings } from '../../components/strings.ts'
import type { TailMessage } from '../../convex/validators.ts'
import { chatErrors, isChatErrorCode } from '../../lib/chat/chatError.ts'
import { momentWords } from './countdownWords.ts'
import type { OutboxEntry } from './outbox/outboxEntry.ts'

/** lit: being worked on · held: waiting for something · asks: waiting for the person · quiet: over, worth saying · bad: needs the person. Each has its own shape, never colour alone. */
export type StatusTone = 'lit' | 'held' | 'asks' | 'quiet' | 'bad'
export type StatusWords = {
  tone: StatusTone
  words: string
  more?: string
  /** Counted down to (ms). */
  until?: number
}

const { status: say } = strings

export type Besides = { now: number; isWriting: boolean; isStopping: boolean }

export function describeMessage(message: TailMessage, besides: Besides): StatusWords | null {
  switch (message.status) {
    case 'pending':
      return { tone: 'held', words: say.queued }
    case 'processing':
      return besides.isStopping ? { tone: 'lit', words: say.stopping } : describeRunning(message, besides)
    case 'waiting':
      return describeWaiting(message, besides)
    case 'completed':
      return null
    case 'cancelled':
      return withSuperseded(message, { tone: 'quiet', words: say.stopped })
    case 'failed':
      return withSuperseded(message, { tone: 'bad', words: say.failed, more: explainError(message.error) })
    default:
      return unknownStatus(message.status)
  }
}

export function describeEntry(entry: OutboxEntry, besides: { now: number; isOnline: boolean }): StatusWords {
  switch (entry.state) {
    case 'sending':
      return { tone: 'held', words: say.sending }
    case 'sent':
      return { tone: 'held', words: say.sent }
    case 'refused':
      return { tone: 'bad', words: entry.error?.message ?? say.failed, ...moreOf(entry.error?.hint) }
    case 'waiting':
      return describeUnsent(entry, besides)
    default:
      return unknownStatus(entry.state)
  }
}

function describeUnsent(entry: OutboxEntry, { now, isOnline }: { now: number; isOnline: boolean }): StatusWords {
  const { error } = entry
  if (!isOnline) return { tone: 'held', words: say.unsentOffline }
  if (error?.code === 'not-signed-in') return { tone: 'held', words: say.unsentSignedOut }
  if (error?.retryAt !== undefined && entry.nextTryAt > now) {
    return {
      tone: 'held',
      words: say.unsentAt(soonWords(entry.nextTryAt, now)),
      more: error.message,
      until: entry.nextTryAt,
    }
  }
  if (error !== undefined) return { tone: 'held', words: say.unsentTrying, more: error.message }
  return { tone: 'held', words: say.sending }
}

/** To the second when it is near; with its date on another day. */
const soonWords = (at: number, now: number) => (at - now < 120_000 ? formatSoon(at, now) : momentWords(at, now))

/** For the person before for a time: what they can do comes first. */
function describeWaiting({ waits = [] }: TailMessage, { now }: Besides): StatusWords {
  const open = waits.filter(({ state }) => state === 'open')
  if (open.some(({ kind }) => kind !== 'time')) return { tone: 'asks', words: strings.waits.statusForYou }
  if (open.length === 0) return { tone: 'held', words: say.waiting }
  const until = Math.min(...open.map((wait) => wait.until))
  return { tone: 'held', words: strings.waits.statusUntil(momentWords(until, now)) }
}

function describeRunning(message: TailMessage, { now, isWriting }: Besides): StatusWords {
  const { detail } = message
  if (detail?.kind === 'retrying') {
    if (detail.at <= now) return { tone: 'lit', words: say.retryingNow, ...moreOf(detail.reason) }
    return { tone: 'held', words: say.retryingAt(formatSoon(detail.at, now)), ...moreOf(detail.reason) }
  }
  if (detail?.kind === 'thinking' && !isWriting) {
    return { tone: 'lit', words: strings.reasoning.thinking(secondsOf(now - detail.since)) }
  }
  const tool = message.parts?.findLast((part) => part.type === 'tool' && part.state === 'running')
  if (tool?.type === 'tool') return { tone: 'lit', words: say.usingTool(tool.name) }
  return { tone: 'lit', words: isWriting ? say.writing : say.thinking }
}

/** Whole seconds, at least one: nobody thinks for none. */
export const secondsOf = (ms: number): number => Math.max(1, Math.round(ms / 1_000))

/** What happened and what to do now. The row has the sentence; the hint belongs to the code. */
export function explainError(error: TailMessage['error']): string {
  if (error === undefined) return chatErrors.internal.message
  const hint = isChatErrorCode(error.code) ? chatErrors[error.code].hint : ''
  return hint === '' ? error.message : `${error.message} ${hint}`
}

function withSuperseded(message: TailMessage, words: StatusWords): StatusWords {
  return message.superseded === true ? { tone: 'quiet', words: words.words, more: say.triedAgain } : words
}

const moreOf = (text: string | undefined) => (text === undefined || text === '' ? {} : { more: text })

function unknownStatus(status: never): never {
  throw new Error(`No words for the status ${JSON.stringify(status)}.`)
}

/** For the polite live region: the end of a reply, said once. Nothing while it is being written. */
export function announceEnd(message: TailMessage): string {
  switch (message.status) {
    case 'completed':
      return strings.announce.completed
    case 'cancelled':
      return strings.announce.cancelled
    case 'failed':
      return strings.announce.failed(explainError(message.error))
    case 'waiting':
      return announceWaiting(message)
    default:
      return ''
  }
}

function announceWaiting({ waits = [] }: TailMessage): string {
  const asked = waits.find(({ kind, state }) => state === 'open' && kind !== 'time')
  if (asked?.kind === 'question') return strings.waits.announceQuestion(asked.question ?? '')
  return asked === undefined
    ? strings.announce.waiting
    : strings.waits.announceApproval(asked.summary ?? asked.tool ?? '')
}
