/** Schedules in random stories: edits, pauses, clicks, timers that come early, late, twice or never. SEEDS=200 tells more of them. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api, internal } from '../../convex/_generated/api.js'
import type { Doc } from '../../convex/_generated/dataModel.js'
import { freeze, m, startConvex, startedAt, T1, T2, thaw, wait } from '../../convex/test.setup.ts'
import { countRuns } from '../../lib/chat/nextRun.ts'
import { createSeededRandom } from '../support/seededRandom.ts'

beforeEach(freeze)
afterEach(thaw)

const MINUTE = 60_000
/** Nobody touches the first: its times are counted. */
const untouched = m(900)
const keys = [m(901), m(902), m(903)] as const
const rules = ['0 * * * *', '*/20 * * * *', '30 6 * * 1-5'] as const
const steps = 120

type Random = ReturnType<typeof createSeededRandom>
type Convex = ReturnType<typeof startConvex>

async function begin() {
  const c = startConvex()
  for (const [n, threadId] of [T1, T2].entries()) {
    const take = await c.go(m(n + 1), { threadId })
    await c.complete(take.turnId, take.epoch)
  }
  return c
}

const save = (c: Convex, key: string, cron: string, threadId = T1) =>
  c.ada.mutation(api.schedules.save, {
    key,
    threadId,
    title: 'Task',
    prompt: 'Do it.',
    rule: { kind: 'cron', cron },
    timeZone: 'Europe/Berlin',
  })

/** Refusals are answers; anything else is a fault. */
const allowed = /schedule-not-found|schedule-over|rate-limited/
const dare = (call: Promise<unknown>) =>
  call.catch((error: unknown) => {
    if (!allowed.test(String(error))) throw error
  })

const all = (c: Convex) =>
  c.t.run(async (ctx) => ({
    schedules: await ctx.db.query('schedules').collect(),
    turns: await ctx.db.query('turns').collect(),
    inputs: (await ctx.db.query('messages').collect()).filter((row) => row.role === 'user' && row.schedule),
    owed: await ctx.db.query('owed').collect(),
  }))

async function step(c: Convex, random: Random, n: number): Promise<string> {
  const key = random.pick(keys)
  const { schedules, turns, owed } = await all(c)
  const act = random.pick([
    'ring',
    'ring',
    'ring',
    'pass',
    'pass',
    'finish',
    'finish',
    'save',
    'state',
    'click',
    'remove',
    'tick',
    'busy',
  ])
  switch (act) {
    case 'ring': {
      // Any timer ever owed, whatever became of it since.
      const timers = owed.filter(({ name }) => name === 'chat/timer.set')
      const timer = timers[random.int(0, timers.length - 1)]
      if (timer) {
        const { kind, id, version } = timer.data
        await c.service.mutation(api.service.timers.ring, { kind, id, version })
      }
      break
    }
    case 'pass':
      wait(random.pick([1, 7, 61, 60 * 5, 60 * 30]) * MINUTE)
      break
    case 'finish': {
      const running = turns.find(({ state }) => state === 'processing')
      if (running) await c.complete(running._id, running.epoch)
      break
    }
    case 'busy':
      await c.begin(m(1000 + n), { threadId: random.pick([T1, T2]) })
      break
    case 'save':
      await save(c, key, random.pick(rules), random.pick([T1, T2]))
      break
    case 'state':
      await dare(
        c.ada.mutation(api.schedules.setState, { key, state: random.pick<'active' | 'paused'>(['active', 'paused']) }),
      )
      break
    case 'click':
      await dare(c.ada.mutation(api.schedules.runNow, { key, id: m(2000 + random.int(0, n)) }))
      break
    case 'remove':
      if (random.chance(0.3)) await c.ada.mutation(api.schedules.remove, { key })
      break
    case 'tick':
      await c.t.mutation(internal.overdue.tick, {})
      for (const { _id, version } of schedules)
        await c.t.mutation(internal.overdue.ring, { kind: 'schedule', id: _id, version })
      break
  }
  return act
}

function expectOrder({ schedules, turns, inputs, owed }: Awaited<ReturnType<typeof all>>): void {
  const ids = inputs.map(({ messageId }) => messageId)
  expect(new Set(ids).size).toBe(ids.length)
  const timers = new Map(owed.map(({ eventId, data }) => [eventId, data.at]))
  for (const { _id, runs, state, nextAt, version, thread } of schedules) {
    const own = inputs.filter(({ schedule }) => schedule === _id)
    expect(runs).toBe(own.length)
    const waiting = own.filter((input) => turns.some((turn) => turn._id === input.turn && turn.state === 'pending'))
    // Moved to another thread, it may have one there beside one that waits in the old.
    expect(waiting.filter((input) => input.thread === thread).length).toBeLessThanOrEqual(1)
    expect(nextAt !== undefined).toBe(state === 'active')
    if (nextAt !== undefined) expect(timers.get(`timer:${_id}:${version}`)).toBe(nextAt)
  }
}

/** Each time that went by was run, or counted as left out. */
function expectAllTold({ schedules, inputs }: Awaited<ReturnType<typeof all>>): void {
  const schedule = schedules.find(({ key }) => key === untouched)
  if (!schedule?.nextAt) throw new Error('the schedule that nobody touched is gone')
  const { rule, timeZone, nextAt, _id } = schedule
  const due = countRuns(rule, timeZone, startedAt, nextAt - 1, Infinity)
  const logged = vi.mocked(console.log).mock.calls.map(([line]): Record<string, unknown> => JSON.parse(String(line)))
  const rings = logged.filter(({ decision, scheduleId }) => decision === 'schedules.ring' && scheduleId === _id)
  const leftOut = rings.reduce((sum, { missed, result }) => sum + Number(missed) + (result === 'skip' ? 1 : 0), 0)
  expect(inputs.filter((input: Doc<'messages'>) => input.schedule === _id).length + leftOut).toBe(due)
}

const seen: Record<string, number> = {}
for (let seed = 1; seed <= Number(process.env['SEEDS'] ?? 8); seed++) {
  test(`no time is run twice or lost untold, whatever happens (seed ${seed})`, { timeout: 60_000 }, async () => {
    const random = createSeededRandom(seed)
    const c = await begin()
    await save(c, untouched, '0 * * * *')
    const told: string[] = []
    for (let n = 0; n < steps; n++) {
      const act = await step(c, random, n)
      told.push(act)
      expectOrder(await all(c))
    }
    expectAllTold(await all(c))
    for (const [line] of vi.mocked(console.log).mock.calls) {
      const { decision, result } = JSON.parse(String(line))
      if (String(decision).startsWith('schedules.'))
        seen[`${decision} ${result}`] = (seen[`${decision} ${result}`] ?? 0) + 1
    }
  })
}

test('the stories were about something', () => {
  for (const what of [
    'ring run',
    'ring skip',
    'save saved',
    'save same',
    'runNow started',
    'runNow queued',
    'runNow waiting',
  ])
    expect(seen[`schedules.${what}`], what).toBeGreaterThan(0)
})
