/**
 * One thread as a faithful client keeps it: an outbox that sends until the message is seen, and the live view of the thread.
 * Reads only through public functions. What it holds is what a person would see.
 */
import type { FunctionReturnType } from 'convex/server'
import { api } from '../../convex/_generated/api.js'
import type { Policy } from '../../convex/validators.ts'
import type { Person } from './person.ts'

export type Message = FunctionReturnType<typeof api.messages.tail>['messages'][number]

export interface Sent {
  messageId: string
  threadId: string
  text: string
  after: string | null
  sentAt: number
  ackedAt?: number
  landedAt?: number
  resend: number
  posts: number
  policy?: Policy
}

export interface SendOptions {
  /** As when a tab believes it lost the answer: the message is sent again at once, with the next resend number. */
  twice?: boolean
  policy?: Policy
}

export interface Conversation {
  threadId: string
  sent: Sent[]
  /** Sends; the promise ends when the message is seen in its thread. */
  send(text: string, options?: SendOptions): { record: Sent; landed: Promise<void> }
  /** The unsettled messages, live. */
  tail(): Message[]
  /** Everything settled on a branch (absent: the one that is shown), oldest first, read page by page. */
  readSettled(branch?: string): Promise<Message[]>
  close(): void
}

/** A message that was acknowledged and not seen for this long is sent again. A browser waits 60 s; the tests' watchdogs are quicker too. */
const UNSEEN_MS = 15_000
const PAUSE_MS = 250

/** Trying again would be answered the same. */
class RefusedForGood extends Error {}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export function openConversation(app: string, person: Person, threadId: string, newId: () => string): Conversation {
  const sent: Sent[] = []
  let tail: Message[] = []
  let closed = false
  const stopTail = person.convex.onUpdate(
    api.messages.tail,
    { threadId },
    (view) => {
      tail = view.messages
    },
    () => {}, // The connection comes back by itself; a query that fails for good shows as a message never seen.
  )

  /** One try: 0 when it was acknowledged, else how long to wait before the next one. */
  async function tryPosting(record: Sent): Promise<number> {
    const response = await fetch(`${app}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app, authorization: `Bearer ${await person.token()}` },
      body: JSON.stringify({
        messageId: record.messageId,
        threadId,
        text: record.text,
        after: record.after,
        resend: record.resend,
        ...(record.policy ? { policy: record.policy } : {}),
      }),
      signal: AbortSignal.timeout(15_000),
    })
    const body = await response.text()
    if (response.ok) return 0
    if (response.status === 400 || response.status === 413) throw new RefusedForGood(body)
    return response.status === 429 ? 1_000 : PAUSE_MS
  }

  async function post(record: Sent): Promise<void> {
    while (!closed) {
      record.posts += 1
      // A connection that is refused, or cut before the answer was read, is tried again: the message id makes that harmless.
      const wait = await tryPosting(record).catch((error: unknown) => {
        if (error instanceof RefusedForGood) throw error
        return PAUSE_MS
      })
      if (wait === 0) {
        record.ackedAt ??= Date.now()
        return
      }
      await pause(wait)
    }
  }

  function seen(record: Sent): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (value: boolean) => {
        clearTimeout(timer)
        stop()
        resolve(value)
      }
      const timer = setTimeout(() => finish(false), UNSEEN_MS)
      const stop = person.convex.onUpdate(
        api.messages.landed,
        { messageIds: [record.messageId] },
        (landed) => {
          if (landed.includes(record.messageId)) finish(true)
        },
        () => {},
      )
    })
  }

  async function deliver(record: Sent, twice: boolean): Promise<void> {
    for (let round = 0; !closed; round += 1) {
      await post(record)
      if (twice && round === 0) {
        record.resend += 1
        await post(record)
      }
      if (await seen(record)) {
        record.landedAt = Date.now()
        return
      }
      record.resend += 1
    }
  }

  return {
    threadId,
    sent,
    send(text, { twice = false, policy } = {}) {
      const after = sent.at(-1)?.messageId ?? null
      const started = { messageId: newId(), threadId, text, after, sentAt: Date.now(), resend: 0, posts: 0 }
      const record: Sent = policy ? { ...started, policy } : started
      sent.push(record)
      return { record, landed: deliver(record, twice) }
    },
    tail: () => tail,
    async readSettled(branch) {
      const pages: Message[] = []
      let cursor: string | null = null
      for (;;) {
        const page: FunctionReturnType<typeof api.messages.page> = await person.convex.query(api.messages.page, {
          threadId,
          ...(branch === undefined ? {} : { branch }),
          paginationOpts: { cursor, numItems: 50 },
        })
        pages.push(...page.page)
        if (page.isDone) return pages.reverse()
        cursor = page.continueCursor
      }
    },
    close() {
      closed = true
      stopTail()
    },
  }
}
