// Which of the thread's messages stand in the conversation, and which elsewhere: what waits is in the queue, what is written in another
// version is not shown. Also which versions there are, and which reply may go on. Pure.
import type { Policy, TailMessage } from '../../convex/validators.ts'
import type { ConversationItem } from './mergeConversation.ts'
import type { OutboxEntry } from './outbox/outboxEntry.ts'

/** The place of a message among its alternatives, from 1, and the turns that stand beside it. */
export type Versions = { fork: string; place: number; count: number; previous?: string; next?: string }

export type Fork = { root: string; turns: readonly { turnId: string; isShown: boolean }[] }

export type ThreadFacts = {
  /** The branch that is shown. Null: not known yet, or there is only one. */
  branch: string | null
  forks: readonly Fork[]
  /** A reply is being made: what is sent now waits. */
  isRunning: boolean
  isOnline: boolean
  /** Of the thread, for messages that say nothing themselves. */
  policy: Policy
}

export type Arranged = {
  shown: ConversationItem[]
  /** Written on this device, on their way into the queue. */
  leaving: OutboxEntry[]
  /** The turn of a reply that is being made in a version that is not shown. */
  elsewhere: string | null
}

export function arrangeConversation(items: readonly ConversationItem[], facts: ThreadFacts): Arranged {
  const leaving = items.flatMap((item) =>
    item.kind === 'outgoing' && isLeaving(item.entry, facts) ? [item.entry] : [],
  )
  const withReply = new Set(items.flatMap((item) => (isReply(item) ? [item.message.turnId] : [])))
  const here = items.filter((item) => {
    if (item.kind === 'outgoing') return !isLeaving(item.entry, facts)
    return isOnShown(item.message, facts.branch) && !isQueued(item.message, withReply.has(item.message.turnId))
  })
  const running = items.find((item) => isReply(item) && item.message.status === 'processing')
  const elsewhere = running?.kind === 'message' && !here.includes(running) ? running.message.turnId : null
  return { shown: markLast(markVersions(cutEdited(here), facts.forks)), leaving, elsewhere }
}

/** It goes to the queue as far as this device knows, so it is drawn there from the start. */
function isLeaving({ state, error, edits, policy }: OutboxEntry, facts: ThreadFacts): boolean {
  const waits = facts.isRunning && facts.isOnline && state !== 'refused' && error === undefined
  return waits && edits === undefined && (policy ?? facts.policy) !== 'interrupt'
}

/** A settled page is of the shown branch already; what has not settled comes from all of them. */
function isOnShown({ branch = 'main', settledAt }: TailMessage, shown: string | null): boolean {
  return settledAt !== undefined || shown === null || branch === shown
}

/** The person's own, and nothing of it has begun. The first message of a version has its reply beside it and stays. */
function isQueued({ role, status, cause }: TailMessage, hasReply: boolean): boolean {
  return role === 'user' && status === 'pending' && cause === undefined && !hasReply
}

/** What an edit on its way replaces is gone from here: the message, and everything after it. */
function cutEdited(items: readonly ConversationItem[]): ConversationItem[] {
  const edit = items.find((item) => item.kind === 'outgoing' && item.entry.edits !== undefined && isGoing(item.entry))
  const edits = edit?.kind === 'outgoing' ? edit.entry.edits : undefined
  const from = edits === undefined ? -1 : items.findIndex(({ messageId }) => messageId === edits)
  if (from === -1) return [...items]
  return [...items.slice(0, from), ...items.slice(from).filter(({ kind }) => kind === 'outgoing')]
}

const isGoing = ({ state }: OutboxEntry) => state !== 'refused'

/** A reply that was tried again is marked like the try: the last of them speaks for the version. */
function markVersions(items: readonly ConversationItem[], forks: readonly Fork[]): ConversationItem[] {
  const lastOf = new Map<string, string>()
  for (const item of items)
    if (item.kind === 'message' && item.message.fork !== undefined) lastOf.set(item.message.fork, item.messageId)
  return items.map((item) => {
    if (item.kind !== 'message' || item.message.fork === undefined) return item
    const fork = forks.find(({ root }) => root === item.message.fork)
    const versions = fork && lastOf.get(fork.root) === item.messageId ? versionsOf(fork) : null
    return versions === null ? item : { ...item, versions }
  })
}

export function versionsOf({ root, turns }: Fork): Versions | null {
  const at = turns.findIndex(({ isShown }) => isShown)
  if (at === -1 || turns.length < 2) return null
  const previous = turns[at - 1]?.turnId
  const next = turns[at + 1]?.turnId
  return {
    fork: root,
    place: at + 1,
    count: turns.length,
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
  }
}

/** A stopped reply goes on where it ends, so only at the end of what is shown. */
function markLast(items: readonly ConversationItem[]): ConversationItem[] {
  const last = items.at(-1)
  if (last === undefined || !isReply(last) || !mayGoOn(last.message)) return [...items]
  return [...items.slice(0, -1), { ...last, mayGoOn: true }]
}

function mayGoOn({ status, text, parts = [], superseded }: TailMessage): boolean {
  return status === 'cancelled' && superseded !== true && (text !== '' || parts.length > 0)
}

function isReply(item: ConversationItem): item is Extract<ConversationItem, { kind: 'message' }> {
  return item.kind === 'message' && item.message.role === 'assistant'
}
