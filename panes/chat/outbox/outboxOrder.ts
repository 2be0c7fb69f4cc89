// Which entries may go out now, and in which order: within a thread one after the other, threads side by side. Pure.
import { isDue, mayBeTakenBack, type OutboxEntry } from './outboxEntry.ts'

export type OutboxPlan = {
  send: OutboxEntry[]
  /** When to look again if nothing happens before; undefined: nothing is waiting for time. */
  lookAt?: number
}

export function planSends(entries: readonly OutboxEntry[], now: number): OutboxPlan {
  const send: OutboxEntry[] = []
  let lookAt = Number.POSITIVE_INFINITY
  for (const thread of groupByThread(entries)) {
    const head = findHead(thread, now)
    if (head !== undefined) send.push(head)
    // Times in the past that are not sent now belong to entries behind another one: no timer, the one in front wakes them.
    for (const entry of thread)
      if (entry.state !== 'refused' && entry.nextTryAt > now) lookAt = Math.min(lookAt, entry.nextTryAt)
  }
  return Number.isFinite(lookAt) && lookAt < Number.MAX_SAFE_INTEGER ? { send, lookAt } : { send }
}

/** Written order. Two entries never share an instant (createOutbox sees to it), so this is total within a thread. */
export const inWrittenOrder = (a: OutboxEntry, b: OutboxEntry): number => a.createdAt - b.createdAt

/**
 * An entry that is taken back (edited, discarded, refused) hands its predecessor on, or the next ones would wait for nothing. Null: it is
 * on its way, or gone.
 */
export function planTakeBack(
  entries: readonly OutboxEntry[],
  messageId: string,
): { taken: OutboxEntry; successors: OutboxEntry[] } | null {
  const taken = entries.find((entry) => entry.messageId === messageId)
  if (taken === undefined || !mayBeTakenBack(taken)) return null
  const successors = entries
    .filter((entry) => entry.after === messageId && entry.threadId === taken.threadId)
    .map((entry) => ({ ...entry, after: taken.after }))
  return { taken, successors }
}

function groupByThread(entries: readonly OutboxEntry[]): OutboxEntry[][] {
  const threads = new Map<string, OutboxEntry[]>()
  for (const entry of [...entries].sort(inWrittenOrder)) {
    const thread = threads.get(entry.threadId)
    if (thread === undefined) threads.set(entry.threadId, [entry])
    else thread.push(entry)
  }
  return [...threads.values()]
}

/** The one entry of a thread that may be tried: what is acknowledged or refused lets the next one pass, what waits or is out does not. */
function findHead(thread: readonly OutboxEntry[], now: number): OutboxEntry | undefined {
  for (const entry of thread) {
    if (entry.state === 'refused') continue
    if (isDue(entry, now)) return entry
    if (entry.state !== 'sent') return undefined
  }
  return undefined
}
