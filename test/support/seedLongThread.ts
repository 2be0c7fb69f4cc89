/**
 * A thread that a person has had for years: its turns are begun, answered and settled as the worker does it, by the same functions of the
 * database, without asking a model for each.
 */
import { randomUUID } from 'node:crypto'
import { ConvexHttpClient } from 'convex/browser'
import { inject } from 'vitest'
import { z } from 'zod'
import { api } from '../../convex/_generated/api.js'
import { createServiceTokens } from '../../lib/convex/serviceToken.ts'

const serviceKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string().optional(),
})

export interface LongThread {
  threadId: string
  /** Of the person's messages, oldest first. */
  messageIds: string[]
}

/** Calls after which the token is asked for anew: it lives ten minutes. */
const CALLS_A_TOKEN = 2_000

/** Turn `n`, from 1: the person's `question <n>`, and a reply that says `answer <n>`, some in one line, some in several blocks. */
export async function seedLongThread(ownerId: string, turns: number): Promise<LongThread> {
  const { convex, service } = inject('copy')
  const tokens = createServiceTokens(serviceKey.parse(JSON.parse(service.key)), service.issuer)
  const client = new ConvexHttpClient(convex, { logger: false })
  const threadId = randomUUID()
  const messageIds: string[] = []
  for (let turn = 1; turn <= turns; turn += 1) {
    if (turn % CALLS_A_TOKEN === 1) client.setAuth(await tokens.get())
    const messageId = randomUUID()
    await addTurn(client, { ownerId, threadId, messageId, after: messageIds.at(-1) ?? null }, turn)
    messageIds.push(messageId)
  }
  return { threadId, messageIds }
}

type Place = { ownerId: string; threadId: string; messageId: string; after: string | null }

async function addTurn(client: ConvexHttpClient, place: Place, turn: number): Promise<void> {
  const { ownerId, threadId, messageId, after } = place
  const runId = randomUUID()
  const message = { messageId, text: `question ${turn}`, sentAt: Date.now() }
  const take = await client.mutation(api.service.turns.begin, { runId, ownerId, threadId, message, after })
  if (take.kind !== 'go') throw new Error(`Turn ${turn} was not begun: ${take.kind}.`)
  const { turnId, epoch } = take
  const step = 'model-0'
  const opened = await client.mutation(api.service.steps.open, { turnId, epoch, runId, step, kind: 'model' })
  if (opened.kind !== 'go') throw new Error(`The step of turn ${turn} was not opened: ${opened.kind}.`)
  await client.mutation(api.service.steps.commit, {
    turnId,
    fence: opened.fence,
    step,
    result: { kind: 'model', finishReason: 'stop', toolCalls: [], model: 'nightshift-local' },
    tail: { offset: 0, text: answerOf(turn) },
  })
  await client.mutation(api.service.turns.settle, { turnId, epoch, outcome: { kind: 'completed' } })
}

const words = 'the night shift begins when the last light in the office goes out and nobody is left to watch the clock '

function answerOf(turn: number): string {
  const opening = `answer ${turn}`
  if (turn % 3 === 0) return opening
  const more = words.repeat(1 + (turn % 5))
  return turn % 4 === 0 ? `${opening}\n\n- one\n- two\n\n${more}` : `${opening}\n\n${more}`
}
