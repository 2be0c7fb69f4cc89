/** Many replies at once, through one of the designs, and what each of them was like. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { writeWords } from '../local/model/writeWords.ts'
import type { Stack } from '../local/stack/createStack.ts'
import { until } from '../test/support/until.ts'
import { type AskedOld, askOldDesign } from './askOldDesign.ts'
import { type Asked, askProduct, type Seat, takeSeat } from './askProduct.ts'
import { openPage } from './openPage.ts'
import type { BenchPerson } from './people.ts'
import { readCpu, readWaits } from './readCpu.ts'
import { firstHeardAt, type Hop, hops, productCall, readHops, readModelTimes, readRun } from './readTimes.ts'
import type { OldDesign } from './startOldDesign.ts'
import { median, type Spread, spread } from './statistics.ts'
import { tokenLags } from './tokenLags.ts'

export const TOKENS_PER_SECOND = 30
/** The sends of one round are spread evenly over this time: the last of them starts while the others are being written. */
const SPREAD_MS = 2_000
/** How many of the threads are opened anew. */
const RELOADS = 5

export interface Load {
  atOnce: number
  rounds: number
  words: number
}

export interface LoadResult extends Load {
  ackMs: Spread
  /** From sending to the first word on the page. */
  firstTokenMs: Spread
  /** From the model's sending a token to its arrival at the page. */
  lagMs: Spread
  /** The same to where the page draws it (at most every 50 ms). The old design draws at once. */
  drawnLagMs: Spread
  /** Bytes on the page's connection, both ways, for each byte of text. */
  bytesPerByte: number
  receivedPerByte: number
  /** A second page opens the thread: until it shows all the text there is. Null: it cannot, the text is lost. */
  reloadRunningMs: number | null
  reloadSettledMs: number | null
  /** Medians since sending. */
  hopsMs: Record<Hop, number> | null
  executions: Spread | null
  /** Processor time of each part over the whole measurement, for each second of it. */
  cpuShare: Record<string, number>
  /** The same for the time its main thread was ready to run, and others had the processors. */
  waitShare: Record<string, number>
  /** How late this process itself was, which every time here contains. */
  ownDelayP99Ms: number
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const bytesOf = (text: string) => Buffer.byteLength(text)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

interface Observed<T> {
  value: T
  cpuShare: Record<string, number>
  waitShare: Record<string, number>
  ownDelayP99Ms: number
}

async function observe<T>(groups: Record<string, number>, work: () => Promise<T>): Promise<Observed<T>> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const own = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000
  const read = () => ({
    cpu: { ...readCpu(groups), measuring: own() },
    waits: readWaits({ ...groups, measuring: process.pid }),
  })
  const before = read()
  const startedAt = performance.now()
  delay.enable()
  const value = await work()
  delay.disable()
  const wallMs = performance.now() - startedAt
  const after = read()
  const share = (now: Record<string, number>, then: Record<string, number>) =>
    Object.fromEntries(Object.entries(now).map(([name, ms]) => [name, (ms - (then[name] ?? 0)) / wallMs]))
  return {
    value,
    cpuShare: share(after.cpu, before.cpu),
    waitShare: share(after.waits, before.waits),
    ownDelayP99Ms: delay.percentile(99) / 1e6,
  }
}

/** `atOnce` at a time, started over a stretch of time, as often as there are rounds. */
async function inRounds<T>({ atOnce, rounds }: Load, ask: (place: number) => Promise<T>): Promise<T[]> {
  const all: T[] = []
  for (let round = 0; round < rounds; round += 1) {
    const places = Array.from({ length: atOnce }, (_, place) => place)
    const started = places.map(async (place) => {
      await pause((place * SPREAD_MS) / atOnce)
      return ask(place)
    })
    all.push(...(await Promise.all(started)))
  }
  return all
}

export async function measureOldDesign(old: OldDesign, stack: Stack, load: Load): Promise<LoadResult> {
  const since = Date.now()
  const { value: asked, ...observed } = await observe({ ...stack.pids(), 'old web': old.pid }, () =>
    inRounds<AskedOld>(load, () => askOldDesign(old.url, `write ${load.words} words`)),
  )
  const tokens = writeWords(load.words)
  const times = await readModelTimes(stack.urls.model, since)
  const lags = asked.flatMap(({ correlationId, heard, text }) => {
    const firstAt = times.get(correlationId)?.firstAt
    if (firstAt === undefined || text !== tokens.join('')) throw new Error(`${correlationId} was not answered whole.`)
    return tokenLags(tokens, { firstAt, tokensPerSecond: TOKENS_PER_SECOND }, heard)
  })
  const textBytes = sum(asked.map(({ text }) => bytesOf(text)))
  return {
    ...load,
    ...observed,
    ackMs: spread(asked.map(({ ackedAt, sentAt }) => ackedAt - sentAt)),
    firstTokenMs: spread(asked.map(({ heard, sentAt }) => firstHeardAt(heard) - sentAt)),
    lagMs: spread(lags),
    drawnLagMs: spread(lags),
    bytesPerByte: sum(asked.map(({ wireBytes }) => wireBytes)) / textBytes,
    receivedPerByte: sum(asked.map(({ receivedBytes }) => receivedBytes)) / textBytes,
    reloadRunningMs: null,
    reloadSettledMs: null,
    hopsMs: null,
    executions: null,
  }
}

/** Opens the thread on a second page: how long until it has as much of the latest reply as the first page has now. */
async function reload(stack: Stack, { person, threadId, page: first }: Seat): Promise<number | undefined> {
  const replyId = first.latest()
  const length = replyId === undefined ? 0 : first.lengthOf(replyId)
  if (replyId === undefined || length === 0) return undefined
  await person.token()
  const startedAt = performance.now()
  const page = openPage(stack.urls.convex, person, threadId)
  try {
    const isBack = () => page.lengthOf(replyId) >= length
    await until('the whole text is there again', isBack, { everyMs: 1, withinMs: 30_000 })
    return performance.now() - startedAt
  } finally {
    await page.close()
  }
}

/** The first few threads, one after the other. */
async function reloadSome(stack: Stack, seats: readonly Seat[]): Promise<number[]> {
  const times: (number | undefined)[] = []
  for (const seat of seats.slice(0, RELOADS)) times.push(await reload(stack, seat))
  return times.filter((ms) => ms !== undefined)
}

async function readLags(asked: readonly Asked[], stack: Stack, load: Load, since: number) {
  const tokens = writeWords(load.words)
  const times = await readModelTimes(stack.urls.model, since)
  const lagsOf = (one: Asked, sights: Asked['heard']) => {
    if (one.text !== tokens.join('')) throw new Error(`The reply to ${one.messageId} is not what the model said.`)
    const { firstAt } = productCall(times, one.turnId)
    return tokenLags(tokens, { firstAt, tokensPerSecond: TOKENS_PER_SECOND }, sights)
  }
  return {
    times,
    heard: asked.flatMap((one) => lagsOf(one, one.heard)),
    shown: asked.flatMap((one) => lagsOf(one, one.shown)),
  }
}

export async function measureProduct(stack: Stack, people: readonly BenchPerson[], load: Load): Promise<LoadResult> {
  const since = Date.now()
  const seats: Seat[] = []
  for (const person of people.slice(0, load.atOnce)) seats.push(await takeSeat(stack, person))
  const halfway = (load.words * 500) / TOKENS_PER_SECOND + SPREAD_MS
  const { value, ...observed } = await observe({ ...stack.pids() }, async () => {
    const reloading = pause(halfway).then(() => reloadSome(stack, seats))
    const ask = (place: number) => {
      const seat = seats[place]
      if (!seat) throw new Error(`There is no seat ${place}.`)
      return askProduct(stack, seat, `write ${load.words} words`)
    }
    const asked = await inRounds(load, ask)
    return { asked, reloads: await reloading }
  })
  const { asked, reloads } = value
  const settledReloads = await reloadSome(stack, seats)

  const lags = await readLags(asked, stack, load, since)
  const hopTimes: Record<Hop, number>[] = []
  const executions: number[] = []
  for (const one of asked) {
    hopTimes.push(await readHops(stack, one, productCall(lags.times, one.turnId)))
    executions.push((await readRun(stack, one.runId)).executions)
  }
  await Promise.all(seats.map(({ page }) => page.close()))
  const textBytes = sum(asked.map(({ text }) => bytesOf(text)))
  return {
    ...load,
    ...observed,
    ackMs: spread(asked.map(({ ackedAt, sentAt }) => ackedAt - sentAt)),
    firstTokenMs: spread(asked.map(({ heard, sentAt }) => firstHeardAt(heard) - sentAt)),
    lagMs: spread(lags.heard),
    drawnLagMs: spread(lags.shown),
    bytesPerByte: sum(asked.map(({ wireBytes }) => wireBytes)) / textBytes,
    receivedPerByte: sum(asked.map(({ receivedBytes }) => receivedBytes)) / textBytes,
    reloadRunningMs: median(reloads),
    reloadSettledMs: median(settledReloads),
    hopsMs: medianHops(hopTimes),
    executions: spread(executions),
  }
}

function medianHops(all: readonly Record<Hop, number>[]): Record<Hop, number> {
  const entries = hops.map((hop) => [hop, median(all.map((times) => times[hop]))] as const)
  return Object.fromEntries(entries) as Record<Hop, number>
}
