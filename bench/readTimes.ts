/** When what happened to a message, as the queue, the database and the model wrote it down. All run on this machine's one clock. */
import { ConvexHttpClient } from 'convex/browser'
import { z } from 'zod'
import { api } from '../convex/_generated/api.js'
import { createServiceTokens } from '../lib/convex/serviceToken.ts'
import type { Stack } from '../local/stack/createStack.ts'
import type { Asked } from './askProduct.ts'

const journalShape = z.object({
  lines: z.array(
    z.object({
      kind: z.enum(['request', 'end']),
      id: z.string(),
      at: z.number(),
      correlationId: z.string(),
      tokens: z.number().optional(),
      firstAt: z.number().optional(),
    }),
  ),
})

export interface ModelTimes {
  requestAt: number
  firstAt: number
  tokens: number
}

export interface ModelCall {
  requestAt: number
  endAt: number
}

/** Every finished request since then whose correlation id begins so, in order. */
export async function readModelCalls(modelUrl: string, since: number, prefix: string): Promise<ModelCall[]> {
  const response = await fetch(`${new URL(modelUrl).origin}/journal?since=${since}`)
  const { lines } = journalShape.parse(await response.json())
  const ends = new Map(lines.filter(({ kind }) => kind === 'end').map(({ id, at }) => [id, at]))
  return lines.flatMap(({ kind, id, at: requestAt, correlationId }) => {
    const endAt = ends.get(id)
    return kind === 'request' && correlationId.startsWith(prefix) && endAt !== undefined ? [{ requestAt, endAt }] : []
  })
}

/** The model's own times of every finished request since then, by correlation id. */
export async function readModelTimes(modelUrl: string, since: number): Promise<Map<string, ModelTimes>> {
  const response = await fetch(`${new URL(modelUrl).origin}/journal?since=${since}`)
  const { lines } = journalShape.parse(await response.json())
  const requests = new Map(lines.filter(({ kind }) => kind === 'request').map((line) => [line.correlationId, line.at]))
  const times = new Map<string, ModelTimes>()
  for (const { kind, correlationId, firstAt, tokens = 0 } of lines) {
    const requestAt = requests.get(correlationId)
    if (kind === 'end' && firstAt !== undefined && requestAt !== undefined)
      times.set(correlationId, { requestAt, firstAt, tokens })
  }
  return times
}

/** The first model call of a turn that was neither restarted nor retried. */
export const productCall = (times: ReadonlyMap<string, ModelTimes>, turnId: string): ModelTimes => {
  const found = [...times].find(([correlationId]) => correlationId.startsWith(`${turnId}/model-0/`))
  if (!found) throw new Error(`The model's journal has no finished call of turn ${turnId}.`)
  return found[1]
}

const eventShape = z.object({ data: z.object({ received_at: z.string() }) })
const runShape = z.object({
  data: z.object({
    event_id: z.string(),
    run_started_at: z.string(),
    calls: z.number(),
    checkpointing: z.boolean(),
  }),
})

async function readInngest<T>(stack: Stack, path: string, shape: z.ZodType<T>): Promise<T> {
  const headers = { authorization: `Bearer ${stack.env.web['INNGEST_SIGNING_KEY'] ?? ''}` }
  const response = await fetch(`${stack.urls.inngest}${path}`, { headers })
  if (!response.ok) throw new Error(`Inngest answered ${response.status} to ${path}.`)
  return shape.parse(await response.json())
}

export interface RunTimes {
  storedAt: number
  startedAt: number
  executions: number
  checkpointing: boolean
}

export async function readRun(stack: Stack, runId: string): Promise<RunTimes> {
  const { data: run } = await readInngest(stack, `/v1/runs/${runId}`, runShape)
  const { data: event } = await readInngest(stack, `/v1/events/${run.event_id}`, eventShape)
  return {
    storedAt: Date.parse(event.received_at),
    startedAt: Date.parse(run.run_started_at),
    executions: run.calls,
    checkpointing: run.checkpointing,
  }
}

const serviceKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string().optional(),
})

/** What the database knows of a message's turn, asked as our own functions ask. */
export async function readTurn(stack: Stack, messageId: string) {
  const { web } = stack.env
  const key = serviceKey.parse(JSON.parse(web['CONVEX_SERVICE_PRIVATE_KEY'] ?? ''))
  const auth = await createServiceTokens(key, web['SERVICE_ISSUER'] ?? '').get()
  const client = new ConvexHttpClient(stack.urls.convex, { auth, logger: false })
  const [turn] = await client.query(api.service.trace.byMessage, { messageId })
  if (!turn) throw new Error(`The database does not know message ${messageId}.`)
  return turn
}

/** The hops of a first token, in the order in which they happen. */
export const hops = [
  'acknowledged',
  'event stored',
  'run started',
  'turn taken',
  'prepare opened',
  'prepare committed',
  'model step opened',
  'model request',
  'model’s first token',
  'first append',
  'first push heard',
] as const
export type Hop = (typeof hops)[number]

/** Milliseconds since sending, for each hop. */
export async function readHops(stack: Stack, asked: Asked, model: ModelTimes): Promise<Record<Hop, number>> {
  const [turn, run] = await Promise.all([readTurn(stack, asked.messageId), readRun(stack, asked.runId)])
  const step = (name: string) => turn.steps.find((row) => row.step === name)
  const times: Record<Hop, number | undefined> = {
    acknowledged: asked.ackedAt,
    'event stored': run.storedAt,
    'run started': run.startedAt,
    'turn taken': turn.startedAt,
    'prepare opened': step('prepare')?.openedAt,
    'prepare committed': step('prepare')?.endedAt,
    'model step opened': step('model-0')?.openedAt,
    'model request': model.requestAt,
    'model’s first token': model.firstAt,
    'first append': turn.firstTokenAt,
    'first push heard': firstHeardAt(asked.heard),
  }
  const entries = hops.map((hop) => [hop, (times[hop] ?? Number.NaN) - asked.sentAt] as const)
  return Object.fromEntries(entries) as Record<Hop, number>
}

export const firstHeardAt = (sights: Asked['heard']) => sights.find(({ length }) => length > 0)?.at ?? Number.NaN
