/** What waiting costs while nothing happens: the same product with and without ten thousand open waits and their timers asleep. */
import { ConvexHttpClient } from 'convex/browser'
import { api } from '../convex/_generated/api.js'
import type { Stack } from '../local/stack/createStack.ts'
import { until } from '../test/support/until.ts'
import { askProduct, takeSeat } from './askProduct.ts'
import type { BenchPerson } from './people.ts'
import { readCpu } from './readCpu.ts'
import { firstHeardAt } from './readTimes.ts'
import type { SeededWait, seedWaits } from './seedWaits.ts'
import { type Spread, spread } from './statistics.ts'

export interface WaitCost {
  openWaits: number
  /** Processor time of each part while nothing happens, for each second. */
  idleCpu: Record<string, number>
  /** Documents that one tick of each watchdog reads. */
  tickReads: number
  /** From sending a plain message to its first word. */
  firstTokenMs: Spread
  /** From the moment a wait of two seconds was due to the turn that goes on. */
  goesOnMs: Spread
}

const EVENTS_AT_ONCE = 500

/** The timers as the database would have owed them: each a run of Inngest, asleep for days. */
async function setTimers(stack: Stack, waits: readonly SeededWait[]): Promise<void> {
  for (let from = 0; from < waits.length; from += EVENTS_AT_ONCE) {
    const events = waits.slice(from, from + EVENTS_AT_ONCE).map(({ id, until: at }) => ({
      id: `timer:${id}:1`,
      name: 'chat/timer.set',
      data: { kind: 'wait', id, version: 1, at },
    }))
    const body = JSON.stringify(events)
    const url = `${stack.urls.inngest}/e/${stack.env.web['INNGEST_EVENT_KEY'] ?? ''}`
    const response = await fetch(url, { method: 'POST', body })
    if (!response.ok) throw new Error(`Inngest answered ${response.status} to ${EVENTS_AT_ONCE} timers.`)
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function readIdle(stack: Stack, ms: number): Promise<Record<string, number>> {
  const groups = { ...stack.pids() }
  const before = readCpu(groups)
  await pause(ms)
  const after = readCpu(groups)
  return Object.fromEntries(Object.entries(after).map(([name, used]) => [name, (used - (before[name] ?? 0)) / ms]))
}

/** Every timer is set: nobody works any more. */
async function waitForQuiet(stack: Stack): Promise<void> {
  let windows = 0
  const isQuiet = async () => {
    const idle = await readIdle(stack, 2_000)
    windows = Object.values(idle).every((share) => share < 0.05) ? windows + 1 : 0
    // Twice in a row: on a machine that others use, one still moment says little.
    return windows === 2
  }
  await until('all timers sleep', isQuiet, { withinMs: 600_000, everyMs: 100 })
}

/** From the moment a wait of two seconds was due to the start of the turn that goes on. */
async function measureGoingOn(stack: Stack, person: BenchPerson): Promise<number> {
  const seat = await takeSeat(stack, person)
  const client = new ConvexHttpClient(stack.urls.convex, { logger: false })
  client.setAuth(await person.token(true))
  await askProduct(stack, seat, 'wait 2 seconds then say now')
  const page = { threadId: seat.threadId, paginationOpts: { numItems: 10, cursor: null } }
  const read = async () => (await client.query(api.messages.page, page)).page
  const goesOn = async () => (await read()).find(({ cause, role }) => cause === 'time' && role === 'assistant')
  const reply = await until('the wait is over', goesOn, { withinMs: 60_000, everyMs: 100 })
  const due = (await read()).flatMap(({ waits = [] }) => waits.map((wait) => wait.until))
  await seat.page.close()
  return (reply.startedAt ?? Number.NaN) - (due[0] ?? Number.NaN)
}

async function measureFirstToken(stack: Stack, person: BenchPerson): Promise<number> {
  const seat = await takeSeat(stack, person)
  const { heard, sentAt } = await askProduct(stack, seat, 'write 5 words')
  await seat.page.close()
  return firstHeardAt(heard) - sentAt
}

async function repeat(times: number, measure: () => Promise<number>): Promise<number[]> {
  const found: number[] = []
  for (let n = 0; n < times; n += 1) found.push(await measure())
  return found
}

/** `seeded`: what lies in the stack's database since before it started. */
export async function measureWaits(
  stack: Stack,
  person: BenchPerson,
  seeded: Awaited<ReturnType<typeof seedWaits>>,
  { idleMs, rounds }: { idleMs: number; rounds: number },
): Promise<WaitCost> {
  await setTimers(stack, seeded.waits)
  // Before anything is asked: setting ten thousand timers keeps all parts busy for a minute or more.
  await waitForQuiet(stack)
  await repeat(3, () => measureFirstToken(stack, person))
  await waitForQuiet(stack)
  const idleCpu = await readIdle(stack, idleMs)
  return {
    openWaits: seeded.waits.length,
    idleCpu,
    tickReads: seeded.tickReads,
    firstTokenMs: spread(await repeat(rounds, () => measureFirstToken(stack, person))),
    goesOnMs: spread(await repeat(rounds, () => measureGoingOn(stack, person))),
  }
}
