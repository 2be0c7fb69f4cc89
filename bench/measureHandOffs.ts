/**
 * A reply that calls a tool ten times, one call a step, through each of the designs: what passes between the end of a model's step and
 * the start of its tool, and between the tool's end and the next request to the model, is our own doing.
 */
import { evaluateExpression } from '../lib/agent/tools/calculate/evaluateExpression.ts'
import type { Stack } from '../local/stack/createStack.ts'
import { askOldDesign } from './askOldDesign.ts'
import { type Asked, askProduct, takeSeat } from './askProduct.ts'
import type { BenchPerson } from './people.ts'
import { type ModelCall, readModelCalls, readTurn } from './readTimes.ts'
import type { OldDesign } from './startOldDesign.ts'
import { median, type Spread, spread } from './statistics.ts'

export const CALLS = 10
const prompt = `use calculate ${CALLS} times with {"expression":"{i} * 2"}`
const answer = `Done ${CALLS} calls.`

export const stations = [
  'model step committed',
  'tool step opened',
  'tool step committed',
  'next model step opened',
  'model asked',
] as const
export type Station = (typeof stations)[number]

export interface HandOffs {
  /** Milliseconds of one hand-off: half of what lies between two requests to the model, the tool's own time taken off. */
  ms: Spread
  /** Where it goes, of both hand-offs around a tool: medians since the last station; only ours writes them down. */
  stationsMs: Record<Station, number> | null
}

export interface HandOffResults {
  rounds: number
  /** Of the tool itself, which both designs run. */
  toolMs: number
  old: HandOffs
  product: HandOffs
}

async function timeTool(): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 50; n += 1) {
    const startedAt = performance.now()
    await evaluateExpression(`${n} * 2`)
    times.push(performance.now() - startedAt)
  }
  return median(times)
}

function gapsOf(calls: readonly ModelCall[]): number[] {
  if (calls.length !== CALLS + 1) throw new Error(`The model was asked ${calls.length} times, not ${CALLS + 1}.`)
  return calls.slice(1).map(({ requestAt }, at) => requestAt - (calls[at]?.endAt ?? Number.NaN))
}

/** Milliseconds from each station to the next, around each of the ten tools. */
async function readStations(
  stack: Stack,
  asked: Asked,
  calls: readonly ModelCall[],
): Promise<Record<Station, number>[]> {
  const { steps } = await readTurn(stack, asked.messageId)
  const at = (name: string, what: 'openedAt' | 'endedAt') =>
    steps.find(({ step }) => step === name)?.[what] ?? Number.NaN
  return Array.from({ length: CALLS }, (_, n) => {
    const times = [
      calls[n]?.endAt ?? Number.NaN,
      at(`model-${n}`, 'endedAt'),
      at(`tool-${n}-0`, 'openedAt'),
      at(`tool-${n}-0`, 'endedAt'),
      at(`model-${n + 1}`, 'openedAt'),
      calls[n + 1]?.requestAt ?? Number.NaN,
    ]
    const entries = stations.map((name, place) => [name, (times[place + 1] ?? 0) - (times[place] ?? 0)] as const)
    return Object.fromEntries(entries) as Record<Station, number>
  })
}

function medians(all: readonly Record<Station, number>[]): Record<Station, number> {
  const entries = stations.map((name) => [name, median(all.map((one) => one[name]))] as const)
  return Object.fromEntries(entries) as Record<Station, number>
}

function requireAnswer(text: string): void {
  if (text.trim() !== answer) throw new Error(`The reply to “${prompt}” is “${text.slice(0, 200)}”.`)
}

/** The designs take turns, so that what else the machine does falls on both. */
export async function measureHandOffs(
  { old, stack, person }: { old: OldDesign; stack: Stack; person: BenchPerson },
  rounds: number,
): Promise<HandOffResults> {
  const toolMs = await timeTool()
  const gaps: Record<'old' | 'product', number[]> = { old: [], product: [] }
  const hops: Record<Station, number>[] = []
  // The first round warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    const since = Date.now()
    const askedOld = await askOldDesign(old.url, prompt)
    requireAnswer(askedOld.text)
    const oldCalls = await readModelCalls(stack.urls.model, since, askedOld.correlationId)
    const seat = await takeSeat(stack, person)
    const asked = await askProduct(stack, seat, prompt)
    requireAnswer(asked.text)
    await seat.page.close()
    const calls = await readModelCalls(stack.urls.model, since, `${asked.turnId}/model-`)
    if (round === 0) continue
    gaps.old.push(...gapsOf(oldCalls))
    gaps.product.push(...gapsOf(calls))
    hops.push(...(await readStations(stack, asked, calls)))
  }
  const handOffs = (all: readonly number[]) => spread(all.map((gap) => Math.max(0, gap - toolMs) / 2))
  return {
    rounds,
    toolMs,
    old: { ms: handOffs(gaps.old), stationsMs: null },
    product: { ms: handOffs(gaps.product), stationsMs: medians(hops) },
  }
}
