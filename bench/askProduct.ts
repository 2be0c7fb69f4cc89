/** One message through the product, as a page sees it: sent, acknowledged, first word, every word, settled. */
import { randomUUID } from 'node:crypto'
import type { Stack } from '../local/stack/createStack.ts'
import { until } from '../test/support/until.ts'
import { openPage, type Page, type ReplySeen } from './openPage.ts'
import type { BenchPerson } from './people.ts'
import type { Sight } from './tokenLags.ts'

export interface Asked {
  messageId: string
  threadId: string
  turnId: string
  runId: string
  sentAt: number
  ackedAt: number
  settledAt: number
  heard: Sight[]
  shown: Sight[]
  text: string
  /** On the page's socket, both ways, from sending to settled. */
  wireBytes: number
  /** Of those, towards the page. */
  receivedBytes: number
}

export interface Seat {
  person: BenchPerson
  threadId: string
  page: Page
}

const SETTLE_WITHIN_MS = 180_000

/** A new chat, open on a page. */
export async function takeSeat(stack: Stack, person: BenchPerson): Promise<Seat> {
  const threadId = randomUUID()
  const page = openPage(stack.urls.convex, person, threadId)
  await page.loaded
  return { person, threadId, page }
}

async function post(stack: Stack, { person, threadId }: Seat, messageId: string, text: string): Promise<void> {
  const response = await fetch(`${stack.urls.web}/api/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: stack.urls.web,
      authorization: `Bearer ${await person.token()}`,
    },
    body: JSON.stringify({ messageId, threadId, text }),
  })
  if (!response.ok) throw new Error(`The message was refused: ${response.status} ${await response.text()}`)
  await response.arrayBuffer()
}

function settledReply(seat: Seat, messageId: string): Promise<ReplySeen & { settled: object }> {
  return until(
    `the reply to ${messageId} is settled`,
    () => {
      const reply = seat.page.replyTo(messageId)
      return reply?.settled ? { ...reply, settled: reply.settled } : undefined
    },
    { withinMs: SETTLE_WITHIN_MS, everyMs: 20 },
  )
}

export async function askProduct(stack: Stack, seat: Seat, text: string): Promise<Asked> {
  const messageId = randomUUID()
  // A browser has its token before a person presses Enter.
  await seat.person.token()
  const before = seat.page.bytes()
  const sentAt = Date.now()
  await post(stack, seat, messageId, text)
  const ackedAt = Date.now()
  const reply = await settledReply(seat, messageId)
  const after = seat.page.bytes()
  const { settled } = reply
  if (!settled) throw new Error('unreachable: it was waited for')
  // A reply that waits has said what it had to say.
  if (settled.message.status !== 'completed' && settled.message.status !== 'waiting')
    throw new Error(`The reply to ${messageId} is ${settled.message.status}, not completed.`)
  return {
    messageId,
    threadId: seat.threadId,
    turnId: settled.message.turnId,
    runId: settled.message.inngestJobId,
    sentAt,
    ackedAt,
    settledAt: settled.at,
    heard: reply.heard,
    shown: reply.shown,
    text: settled.message.text,
    wireBytes: after.received - before.received + after.sent - before.sent,
    receivedBytes: after.received - before.received,
  }
}
