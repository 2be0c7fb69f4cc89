// What waits in a thread, in its order, and what may be done to each of it. Pure; the database decides again, in its own transaction.
import type { Cause, TailMessage } from '../../convex/validators.ts'
import type { ConversationItem } from './mergeConversation.ts'
import type { OutboxEntry } from './outbox/outboxEntry.ts'

export type QueueItem = {
  messageId: string
  text: string
  /** again: another try, or another version, of a reply · schedule: a task that was due · leaving: not seen in the thread yet. */
  kind: 'message' | 'again' | 'schedule' | 'leaving'
  /** It waits for the message that was sent before it, and has no place yet. */
  isHeld: boolean
  /** To be taken into the running reply. */
  isSteer: boolean
  isElsewhere: boolean
  mayEdit: boolean
  maySteer: boolean
  maySendNow: boolean
  /** Before which message it goes when it is moved; null: to the end. Absent: it cannot be moved there. */
  up?: string
  down?: string | null
}

export type QueueFacts = { branch: string | null; runningBranch: string | null; leaving: readonly OutboxEntry[] }

type Waiting = { message: TailMessage; input: TailMessage | undefined; hasReply: boolean }

export function listQueue(items: readonly ConversationItem[], facts: QueueFacts): QueueItem[] {
  const messages = items.flatMap((item) => (item.kind === 'message' ? [item.message] : []))
  const waiting = findWaiting(messages).toSorted((a, b) => placeOf(a.message) - placeOf(b.message))
  return [
    ...withMoves(
      waiting.map((one) => describe(one, facts)),
      waiting,
    ),
    ...facts.leaving.map(describeLeaving),
  ]
}

/** One for each turn that waits: its question, or its reply where the question was answered before. */
function findWaiting(messages: readonly TailMessage[]): Waiting[] {
  const pending = messages.filter((message) => message.status === 'pending' && !goesAhead(message))
  const ofTurn = (turnId: string, role: TailMessage['role']) =>
    pending.find((message) => message.turnId === turnId && message.role === role)
  return pending.flatMap<Waiting>((message) => {
    if (message.role === 'user') {
      return [{ message, input: message, hasReply: ofTurn(message.turnId, 'assistant') !== undefined }]
    }
    if (ofTurn(message.turnId, 'user') !== undefined) return []
    const input = messages.find(({ messageId }) => messageId === message.inReplyTo)
    return [{ message, input, hasReply: true }]
  })
}

const ahead: ReadonlySet<TailMessage['cause']> = new Set<Cause>(['answer', 'approval', 'time', 'expiry', 'continue'])

/** What goes on with an earlier reply goes ahead by itself. */
const goesAhead = ({ cause }: TailMessage): boolean => ahead.has(cause)

function describe({ message, input, hasReply }: Waiting, { branch, runningBranch }: QueueFacts): QueueItem {
  const kind = message.role === 'assistant' ? 'again' : message.cause === 'schedule' ? 'schedule' : 'message'
  const isHeld = message.position === undefined
  const isOwn = kind === 'message'
  const own = message.branch ?? 'main'
  return {
    messageId: message.messageId,
    text: input?.text ?? '',
    kind,
    isHeld,
    isSteer: message.steer === true,
    isElsewhere: branch !== null && own !== branch,
    mayEdit: isOwn,
    maySteer: isOwn && !hasReply && !isHeld && runningBranch !== null && runningBranch === own,
    maySendNow: !isHeld,
  }
}

function describeLeaving({ messageId, text, policy }: OutboxEntry): QueueItem {
  return {
    messageId,
    text,
    kind: 'leaving',
    isHeld: false,
    isSteer: policy === 'steer',
    isElsewhere: false,
    mayEdit: false,
    maySteer: false,
    maySendNow: false,
  }
}

/** What was put ahead of the queue (positions below zero) keeps its place. */
function withMoves(items: readonly QueueItem[], waiting: readonly Waiting[]): QueueItem[] {
  const movable = items.filter((_, at) => (waiting[at]?.message.position ?? -1) > 0).map(({ messageId }) => messageId)
  return items.map((item) => {
    const at = movable.indexOf(item.messageId)
    const up = at > 0 ? movable[at - 1] : undefined
    const mayGoDown = at !== -1 && at < movable.length - 1
    return {
      ...item,
      ...(up === undefined ? {} : { up }),
      ...(mayGoDown ? { down: movable[at + 2] ?? null } : {}),
    }
  })
}

/** Held messages have no place yet and come last. */
const placeOf = ({ position }: TailMessage): number => position ?? Number.MAX_SAFE_INTEGER
