// The outbox of one person on this device: keeps what was written, sends it from one tab, forgets it when it is in its thread.
// Decisions are in outboxEntry.ts and outboxOrder.ts; this file only carries them out. If the tab dies on any line here, the
// record in the store says where to go on, and whichever tab holds the lock next does.
import { nextEntry, type OutboxChoices, type OutboxEntry, type OutboxEvent } from './outboxEntry.ts'
import { inWrittenOrder, planSends } from './outboxOrder.ts'
import type { OutboxStore } from './outboxStore.ts'
import { eventOfAnswer, eventOfFailure, type SendAnswer } from './sendResult.ts'
import type { TabChannel } from './tabChannel.ts'

export type OutboxDeps = {
  ownerId: string
  store: Promise<OutboxStore>
  /** Throws when there was no answer. */
  send: (entry: OutboxEntry) => Promise<SendAnswer>
  /** False as soon as this browser is signed in as someone else: nothing may go out under the wrong name. */
  isStillSignedIn: () => boolean
  isOnline: () => boolean
  channel: TabChannel
  clock: { now: () => number; after: (ms: number, run: () => void) => () => void }
}

export type Outbox = ReturnType<typeof createOutbox>

export function createOutbox(deps: OutboxDeps) {
  const { ownerId, channel, clock } = deps
  let entries: readonly OutboxEntry[] = []
  let isSender = false
  let cancelAlarm = () => {}
  const listeners = new Set<() => void>()
  /** Drawn, but not in the store yet. */
  const unsaved = new Set<string>()
  /** A try of this tab is out. */
  const trying = new Set<string>()

  function show(next: readonly OutboxEntry[]) {
    entries = [...next].sort(inWrittenOrder)
    for (const listener of listeners) listener()
  }

  function showOne(messageId: string, entry: OutboxEntry | null) {
    const others = entries.filter((other) => other.messageId !== messageId)
    show(entry === null ? others : [...others, entry])
  }

  async function reload() {
    const store = await deps.store
    const stored = await store.all(ownerId)
    // What was just written here may not be stored yet: keep drawing it.
    const fresh = entries.filter((entry) => unsaved.has(entry.messageId))
    show([...stored.filter((entry) => !unsaved.has(entry.messageId)), ...fresh])
    flush()
  }

  /** Draws the message at once, then keeps it; it goes out only after it is kept. */
  async function add(message: OutboxChoices & { messageId: string; threadId: string; text: string }) {
    const createdAt = Math.max(clock.now(), (entries.at(-1)?.createdAt ?? 0) + 1)
    const before = entries.filter((entry) => entry.threadId === message.threadId && entry.state !== 'refused').at(-1)
    const entry: OutboxEntry = {
      ...message,
      ownerId,
      after: before?.messageId ?? null,
      createdAt,
      resend: 0,
      tries: 0,
      state: 'waiting',
      // Not createdAt: that may be pushed past now, to keep it unique.
      nextTryAt: clock.now(),
    }
    unsaved.add(entry.messageId)
    showOne(entry.messageId, entry)
    try {
      await (await deps.store).put(entry)
    } catch (cause) {
      // Full or refused storage: the composer takes the text back, nothing pretends to be on its way.
      unsaved.delete(entry.messageId)
      showOne(entry.messageId, null)
      throw cause
    }
    unsaved.delete(entry.messageId)
    tellTabs()
  }

  async function apply(messageId: string, event: OutboxEvent): Promise<OutboxEntry | null> {
    const store = await deps.store
    const next = await store.change(messageId, (entry) => nextEntry(entry, event, clock.now()))
    showOne(messageId, next)
    return next
  }

  /**
   * Takes a message back (to edit or drop it); what was written after it no longer waits for it. Undefined: it is not the person's any
   * more. Another tab may just have sent it, so that what is drawn here decides nothing.
   */
  async function takeBack(messageId: string): Promise<OutboxEntry | undefined> {
    const store = await deps.store
    const plan = await store.takeBack(ownerId, messageId)
    if (plan === null) {
      await reload()
      return undefined
    }
    for (const successor of plan.successors) showOne(successor.messageId, successor)
    showOne(messageId, null)
    tellTabs()
    return plan.taken
  }

  async function landed(messageIds: readonly string[]) {
    const known = messageIds.filter((id) => entries.some((entry) => entry.messageId === id))
    for (const messageId of known) await apply(messageId, { type: 'landed' })
    if (known.length > 0) tellTabs()
  }

  /** Online again, signed in again, or the person asked: what waits goes out now. */
  async function wake() {
    for (const entry of entries) await apply(entry.messageId, { type: 'woken' })
    tellTabs()
  }

  /** The person asked for this one. */
  async function hurry(messageId: string) {
    await apply(messageId, { type: 'hurried' })
    tellTabs()
  }

  function tellTabs() {
    channel.post()
    flush()
  }

  function flush() {
    if (!isSender) return
    cancelAlarm()
    if (!deps.isOnline() || !deps.isStillSignedIn()) return
    const now = clock.now()
    const plan = planSends(
      entries.filter((entry) => !unsaved.has(entry.messageId)),
      now,
    )
    for (const entry of plan.send) void trySending(entry)
    if (plan.lookAt !== undefined) cancelAlarm = clock.after(Math.max(0, plan.lookAt - now), flush)
  }

  async function trySending({ messageId }: OutboxEntry) {
    if (trying.has(messageId)) return
    trying.add(messageId)
    try {
      const entry = await apply(messageId, { type: 'trying' })
      if (entry?.state !== 'sending') return
      // Not only when the answer is here: other tabs must not offer it back meanwhile.
      channel.post()
      await apply(messageId, await attempt(entry))
    } finally {
      trying.delete(messageId)
      tellTabs()
    }
  }

  async function attempt(entry: OutboxEntry): Promise<OutboxEvent> {
    try {
      return eventOfAnswer(await deps.send(entry))
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      const error = { code: 'unreachable', message: 'The server did not answer.', hint: why }
      return eventOfFailure(entry, error, deps.isOnline())
    }
  }

  /** From now on this tab may be the one that sends. Returns the way to stop. */
  function start(): () => void {
    const stopListening = channel.listen(() => void reload())
    const release = channel.lead(async () => {
      isSender = true
      await reload()
      for (const entry of entries) if (!trying.has(entry.messageId)) await apply(entry.messageId, { type: 'orphaned' })
      flush()
    })
    void reload()
    return () => {
      isSender = false
      cancelAlarm()
      stopListening()
      release()
    }
  }

  return {
    ownerId,
    add,
    takeBack,
    landed,
    wake,
    hurry,
    start,
    flush,
    getEntries: () => entries,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
