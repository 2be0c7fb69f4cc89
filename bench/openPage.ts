/**
 * An open page without the drawing: one socket with the queries that the panes subscribe to, and the panes' own follower of running
 * text. Everything it hears is noted with its time.
 */
import { ConvexClient } from 'convex/browser'
import type { FunctionReturnType } from 'convex/server'
import { api } from '../convex/_generated/api.js'
import { createFollower } from '../panes/chat/createFollower.ts'
import { type ByteCount, createCountingSocket } from './countingSocket.ts'
import type { BenchPerson } from './people.ts'
import type { Sight } from './tokenLags.ts'

type Message = FunctionReturnType<typeof api.messages.tail>['messages'][number]

export interface ReplySeen {
  messageId: string
  /** As the updates came from the database. */
  heard: Sight[]
  /** As the page drew them: at most every 50 ms. */
  shown: Sight[]
  /** The settled reply, once it came. */
  settled?: { at: number; message: Message }
}

export interface Page {
  /** The reply to the message, as far as this page has seen it. */
  replyTo(messageId: string): ReplySeen | undefined
  /** How much text of a reply it has. */
  lengthOf(replyId: string): number
  /** The latest reply it knows, running or not. */
  latest(): string | undefined
  /** Settled and open messages have come: the thread is drawn. */
  loaded: Promise<void>
  bytes(): ByteCount
  close(): Promise<void>
}

/** The panes' own numbers. */
const FIRST_PAGE = 20
const FIRST_THREADS = 30

const clock = {
  now: () => performance.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export function openPage(convexUrl: string, person: BenchPerson, threadId: string): Page {
  const { CountingSocket, bytes } = createCountingSocket()
  const client = new ConvexClient(convexUrl, {
    // The `ws` class speaks the browser's interface in all that the Convex client uses of it.
    webSocketConstructor: CountingSocket as unknown as typeof WebSocket,
    unsavedChangesWarning: false,
  })
  client.setAuth(({ forceRefreshToken }) => person.token(forceRefreshToken))

  const replies = new Map<string, ReplySeen>()
  const followers = new Map<string, () => void>()
  const failed = (error: Error) => console.error(`A page's query failed: ${error.message}`)

  function follow(messageId: string): ReplySeen {
    const seen: ReplySeen = { messageId, heard: [], shown: [] }
    const follower = createFollower({
      clock,
      show: ({ text }) => seen.shown.push({ at: Date.now(), length: text.length }),
      watch: (request, hear) =>
        client.onUpdate(
          api.messages.follow,
          { messageId, ...request },
          (answer) => {
            seen.heard.push({ at: Date.now(), length: answer.from + answer.text.length })
            hear(answer)
          },
          failed,
        ),
    })
    followers.set(messageId, follower.close)
    replies.set(messageId, seen)
    return seen
  }

  function onTail(messages: readonly Message[]): void {
    for (const { role, status, messageId } of messages) {
      if (role === 'assistant' && status === 'processing' && !replies.has(messageId)) follow(messageId)
    }
  }

  function onPage(messages: readonly Message[]): void {
    const at = Date.now()
    for (const message of messages) {
      if (message.role !== 'assistant') continue
      const seen = replies.get(message.messageId) ?? { messageId: message.messageId, heard: [], shown: [] }
      replies.set(message.messageId, seen)
      if (seen.settled) continue
      seen.settled = { at, message }
      // The whole text is there now, whichever update brought its last words.
      const whole = { at, length: message.text.length }
      seen.heard.push(whole)
      seen.shown.push(whole)
      followers.get(message.messageId)?.()
      followers.delete(message.messageId)
    }
  }

  const loaded = Promise.all([
    new Promise<void>((resolve) => {
      client.onUpdate(
        api.messages.page,
        { threadId, paginationOpts: { numItems: FIRST_PAGE, cursor: null } },
        ({ page }) => {
          onPage(page)
          resolve()
        },
        failed,
      )
    }),
    new Promise<void>((resolve) => {
      client.onUpdate(
        api.messages.tail,
        { threadId },
        ({ messages }) => {
          onTail(messages)
          resolve()
        },
        failed,
      )
    }),
    new Promise<void>((resolve) => {
      const paginationOpts = { numItems: FIRST_THREADS, cursor: null }
      client.onUpdate(api.threads.list, { paginationOpts }, () => resolve(), failed)
    }),
    new Promise<void>((resolve) => {
      client.onUpdate(api.threads.get, { threadId }, () => resolve(), failed)
    }),
  ]).then(() => undefined)

  /** Every reply this page knows was asked for by one message: told by the settled row, before that by being the only one. */
  function replyTo(messageId: string): ReplySeen | undefined {
    const all = [...replies.values()]
    return (
      all.find(({ settled }) => settled?.message.inReplyTo === messageId) ?? all.findLast(({ settled }) => !settled)
    )
  }

  return {
    replyTo,
    lengthOf: (replyId) => replies.get(replyId)?.heard.at(-1)?.length ?? 0,
    latest: () => [...replies.keys()].at(-1),
    loaded,
    bytes,
    async close() {
      for (const stop of followers.values()) stop()
      await client.close()
    },
  }
}
