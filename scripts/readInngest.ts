/** Reads events, runs and steps over Inngest's REST API, local or real. */
import { z } from 'zod'
import type { Running } from './connectRunning.ts'

const time = z.string().nullish()
const event = z.object({
  id: z.string().nullish(),
  internal_id: z.string(),
  name: z.string(),
  received_at: z.string(),
  data: z.looseObject({ sentAt: z.number().optional(), resend: z.number().optional() }),
})
const run = z.object({
  run_id: z.string(),
  status: z.string(),
  function_id: z.string().nullish(),
  run_started_at: time,
  ended_at: time,
})
const step = z.object({
  name: z.string(),
  status: z.string(),
  started_at: time,
  ended_at: time,
  due_at: time,
  attempts: z.number().nullish(),
  failures: z.array(z.object({ attempt: z.number(), at: time, error: z.unknown() })).nullish(),
})

export type InngestEvent = z.infer<typeof event>
export type InngestRun = z.infer<typeof run>
export type InngestStep = z.infer<typeof step>

async function get<T>({ origin, signingKey }: Running['inngest'], path: string, shape: z.ZodType<T>): Promise<T[]> {
  const response = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${signingKey}` } })
  if (!response.ok)
    throw new Error(`Inngest answered ${response.status} to ${path}: ${(await response.text()).slice(0, 200)}`)
  const { data } = z.object({ data: z.array(shape) }).parse(await response.json())
  return data
}

/** Events of these names around a time, newest first. */
export async function readEvents(
  at: Running['inngest'],
  names: readonly string[],
  around: { from: number; to: number },
): Promise<InngestEvent[]> {
  const span = `received_after=${new Date(around.from).toISOString()}&received_before=${new Date(around.to).toISOString()}`
  const lists = await Promise.all(
    names.map((name) => get(at, `/v1/events?name=${encodeURIComponent(name)}&limit=1000&${span}`, event)),
  )
  return lists.flat()
}

export const readRuns = (at: Running['inngest'], internalEventId: string): Promise<InngestRun[]> =>
  get(at, `/v1/events/${internalEventId}/runs`, run)

/** Only the local server lists steps; of the real one the dashboard shows them. */
export async function readRunSteps(at: Running['inngest'], runId: string): Promise<InngestStep[] | undefined> {
  try {
    return await get(at, `/v1/runs/${runId}/steps`, step)
  } catch (error) {
    if (error instanceof Error && error.message.includes('answered 404')) return undefined
    throw error
  }
}
