/** What the local model was asked and how each request ended: what would be billed. */
import { inject } from 'vitest'
import { z } from 'zod'

const line = z.union([
  z.object({
    kind: z.literal('request'),
    id: z.string(),
    at: z.number(),
    correlationId: z.string(),
    prompt: z.string(),
    before: z.array(z.string()),
  }),
  z.object({ kind: z.literal('end'), id: z.string(), at: z.number(), outcome: z.string(), tokens: z.number() }),
])

export interface ModelRequest {
  at: number
  prompt: string
  /** The last messages before the prompt, as `role: text`. */
  before: string[]
  /** Absent while it runs. */
  end?: { at: number; outcome: string }
}

/** The requests for a reply to exactly this prompt, oldest first. Requests for titles are not among them. */
export async function readModelRequests(prompt: string): Promise<ModelRequest[]> {
  const response = await fetch(`${inject('copy').model}/journal?limit=10000`)
  const { lines } = z.object({ lines: z.array(line) }).parse(await response.json())
  const ends = new Map(lines.flatMap((each) => (each.kind === 'end' ? [[each.id, each] as const] : [])))
  return lines.flatMap((each) => {
    if (each.kind !== 'request' || each.prompt !== prompt || each.correlationId.startsWith('title:')) return []
    const end = ends.get(each.id)
    return [{ at: each.at, prompt, before: each.before, ...(end ? { end: { at: end.at, outcome: end.outcome } } : {}) }]
  })
}
