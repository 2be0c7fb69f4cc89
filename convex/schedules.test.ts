/** Schedules: saved once, rung once, late and left-out times told; and the watchdog of all timers. */
import type { FunctionArgs } from 'convex/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { instantOf, localOf } from '../lib/chat/zonedTime.ts'
import { api, internal } from './_generated/api.js'
import { freeze, m, wait as pass, startConvex, startedAt, T1, T2, thaw } from './test.setup.ts'
import type { Rule } from './validators.ts'

beforeEach(freeze)
afterEach(thaw)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const key = m(70)
/** 2027-01-15 08:00 UTC, a Friday. */
const hourly: Rule = { kind: 'cron', cron: '0 * * * *' }

/** Ada's thread, free and settled, and the calls of these tests. */
async function start() {
  const c = startConvex()
  const take = await c.go(m(1))
  await c.complete(take.turnId, take.epoch)
  const { save, setState, runNow, remove, list } = api.schedules
  const wanted: FunctionArgs<typeof save> = {
    key,
    threadId: T1,
    title: 'News',
    prompt: 'Tell me the news.',
    rule: hourly,
    timeZone: 'UTC',
  }
  const row = async () => {
    const found = await c.t.run((ctx) => ctx.db.query('schedules').first())
    if (!found) throw new Error('no schedule')
    return found
  }
  return {
    ...c,
    row,
    save: (over: Partial<typeof wanted> = {}) => c.ada.mutation(save, { ...wanted, ...over }),
    setState: (state: 'active' | 'paused') => c.ada.mutation(setState, { key, state }),
    runNow: (id: string) => c.ada.mutation(runNow, { key, id }),
    remove: () => c.ada.mutation(remove, { key }),
    list: () => c.ada.query(list, {}),
    /** As Inngest does at the time of the newest timer. */
    ring: async (version?: number) => {
      const { _id, version: current } = await row()
      const timer = { kind: 'schedule' as const, id: _id, version: version ?? current }
      return c.service.mutation(api.service.timers.ring, timer)
    },
    timers: async () => (await c.owed()).filter(({ name }) => name === 'chat/timer.set').map(({ data }) => data),
    turns: () => c.t.run((ctx) => ctx.db.query('turns').collect()),
    finish: async () => {
      const running = (await c.t.run((ctx) => ctx.db.query('turns').collect())).find(
        (one) => one.state === 'processing',
      )
      if (running) await c.complete(running._id, running.epoch)
    },
  }
}

async function inputOf(c: Awaited<ReturnType<typeof start>>, turnId: string) {
  const { inputMessage } = await c.turn(turnId)
  return c.t.run((ctx) => ctx.db.get(inputMessage))
}

describe('saving', () => {
  test('sets the next time and owes its timer; the same again changes nothing', async () => {
    const c = await start()
    const saved = await c.save()
    expect(saved).toMatchObject({ state: 'active', nextAt: startedAt + HOUR, runs: 0, createdBy: 'person' })
    const { _id } = await c.row()
    expect(await c.timers()).toEqual([{ kind: 'schedule', id: _id, version: 1, at: startedAt + HOUR }])
    expect(await c.save()).toEqual(saved)
    expect(await c.row()).toMatchObject({ version: 1 })
    expect(await c.list()).toEqual([saved])
  })

  test('brought back after a deletion it is as it was: an agent’s task gets no rights of a person, a paused one has no time', async () => {
    const c = await start()
    await c.save({ restores: { createdBy: 'agent', isPaused: true } })
    expect(await c.row()).toMatchObject({ createdBy: 'agent', state: 'paused' })
    expect(await c.row()).not.toHaveProperty('nextAt')
    await c.save({ title: 'In other words' })
    expect(await c.row()).toMatchObject({ createdBy: 'agent', title: 'In other words' })
  })

  test('an edit has a version and a timer of its own, and the old timer does nothing', async () => {
    const c = await start()
    await c.save()
    const edited = await c.save({ rule: { kind: 'cron', cron: '30 9 * * 1-5' }, timeZone: 'Europe/Berlin' })
    expect(edited.nextAt).toBe(instantOf('2027-01-15T09:30', 'Europe/Berlin'))
    expect(await c.timers()).toHaveLength(2)
    pass(2 * HOUR)
    expect(await c.ring(1)).toEqual({ kind: 'moved-on' })
    expect(await c.turns()).toHaveLength(1)
  })

  test('new words keep what is due: an edit right at the time leaves nothing out', async () => {
    const c = await start()
    await c.save()
    pass(HOUR + 1000)
    expect(await c.save({ prompt: 'Only the good news.' })).toMatchObject({ nextAt: startedAt + HOUR })
    expect(await c.ring()).toEqual({ kind: 'rung' })
    expect((await c.tail())[0]).toMatchObject({ text: 'Only the good news.' })
  })

  test('a task may begin a chat of its own, named as it is, once however often it is saved', async () => {
    const c = await start()
    const saved = await c.save({ threadId: T2, newThread: true })
    expect(saved).toMatchObject({ threadId: T2, threadTitle: 'News' })
    expect(await c.save({ threadId: T2, newThread: true })).toEqual(saved)
    expect(await c.t.run((ctx) => ctx.db.query('threads').collect())).toHaveLength(2)
    pass(HOUR)
    await c.ring()
    expect((await c.turns()).at(-1)).toMatchObject({ cause: 'schedule', state: 'processing' })
  })

  test('a chat that was deleted does not come back for a task, and a refused task leaves none behind', async () => {
    const c = await start()
    await c.removeForGood()
    await expect(c.save({ newThread: true })).rejects.toThrow('thread-not-found')
    await expect(c.save({ threadId: T2, newThread: true, prompt: ' ' })).rejects.toThrow('prompt-empty')
    await expect(c.save({ threadId: 'mine', newThread: true })).rejects.toThrow('bad-id')
    expect(await c.ada.query(api.threads.get, { threadId: T2 })).toBeNull()
  })

  test('without a title it is called by the beginning of its prompt', async () => {
    const c = await start()
    const { title } = await c.save({ title: ' \n ', prompt: 'word '.repeat(40) })
    expect(title).toMatch(/^word .*…$/)
  })

  test.each([
    [{ prompt: '  ' }, 'prompt-empty'],
    [{ prompt: 'x'.repeat(8001) }, 'prompt-too-long'],
    [{ title: 'x'.repeat(121) }, 'title-too-long'],
    [{ timeZone: 'Mars/Olympus' }, 'rule-not-valid'],
    [{ rule: { kind: 'cron' as const, cron: '* * * * *' } }, 'rule-not-valid'],
    [{ rule: { kind: 'cron' as const, cron: '"; drop' } }, 'rule-not-valid'],
    [{ rule: { kind: 'once' as const, at: startedAt } }, 'rule-not-valid'],
    [{ threadId: T2 }, 'thread-not-found'],
    [{ key: 'x'.repeat(101) }, 'bad-id'],
  ])('%j is refused and saves nothing', async (over, code) => {
    const c = await start()
    await expect(c.save(over)).rejects.toThrow(code)
    expect(await c.list()).toEqual([])
  })

  test('a person has at most 100, and may still edit each', async () => {
    const c = await start()
    for (let n = 0; n < 100; n++) await c.save({ key: m(100 + n) })
    await expect(c.save({ key: m(300) })).rejects.toThrow('too-many-schedules')
    expect(await c.save({ key: m(150), title: 'Other' })).toMatchObject({ title: 'Other' })
  })

  test("the agent's call saves once, and never over what the person has changed since", async () => {
    const c = await start()
    const call = {
      ownerId: 'ada',
      key: 'turn/0/0',
      threadId: T1,
      title: 'A',
      prompt: 'P',
      rule: hourly,
      timeZone: 'UTC',
    }
    expect(await c.service.mutation(api.service.schedules.save, call)).toMatchObject({ createdBy: 'agent' })
    await c.save({ key: 'turn/0/0', title: 'Mine' })
    expect(await c.service.mutation(api.service.schedules.save, call)).toMatchObject({ title: 'Mine' })
    expect(await c.list()).toHaveLength(1)
  })
})

describe('its time has come', () => {
  test('a turn asks the prompt in its thread, once; the next time is set and owed in the same transaction', async () => {
    const c = await start()
    await c.save()
    pass(HOUR + 500)
    expect(await c.ring(1)).toEqual({ kind: 'rung' })
    expect(await c.ring(1)).toEqual({ kind: 'moved-on' })
    const { _id } = await c.row()
    const [, turn, ...more] = await c.turns()
    expect(more).toEqual([])
    expect(turn).toMatchObject({ cause: 'schedule', state: 'processing' })
    const input = turn && (await inputOf(c, turn._id))
    expect(input).toMatchObject({ messageId: `schedule:${_id}:${startedAt + HOUR}`, schedule: _id })
    expect(input).toMatchObject({ text: 'Tell me the news.', role: 'user' })
    expect(input?.due).toBeUndefined()
    const row = await c.row()
    expect(row).toMatchObject({ runs: 1, version: 2, nextAt: startedAt + 2 * HOUR, lastAt: startedAt + HOUR + 500 })
    expect(row.lastLateMs).toBeUndefined()
    expect((await c.timers()).at(-1)).toEqual({ kind: 'schedule', id: _id, version: 2, at: startedAt + 2 * HOUR })
  })

  test('a timer that is early by the clock of the database is told how long to wait', async () => {
    const c = await start()
    await c.save()
    pass(HOUR - 40)
    expect(await c.ring()).toEqual({ kind: 'early', forMs: 40 })
    expect(await c.turns()).toHaveLength(1)
  })

  test('missed while down: it runs once, says how late, and counts what it left out', async () => {
    const c = await start()
    await c.save()
    pass(4 * HOUR + 20 * MINUTE)
    expect(await c.ring()).toEqual({ kind: 'rung' })
    const [, turn, ...more] = await c.turns()
    expect(more).toEqual([])
    expect(turn && (await inputOf(c, turn._id))).toMatchObject({ due: { at: startedAt + HOUR, missed: 3 } })
    const lastLateMs = 3 * HOUR + 20 * MINUTE
    expect(await c.row()).toMatchObject({ runs: 1, lastLateMs, lastMissed: 3, nextAt: startedAt + 5 * HOUR })
    await c.finish()
    pass(40 * MINUTE)
    await c.ring()
    const punctual = await c.row()
    expect(punctual).toMatchObject({ runs: 2 })
    expect(punctual).not.toHaveProperty('lastMissed')
    expect(punctual).not.toHaveProperty('lastLateMs')
  })

  test('a year away from a rule of five minutes is counted up to a bound, and is over in one run', async () => {
    const c = await start()
    await c.save({ rule: { kind: 'cron', cron: '*/5 * * * *' } })
    pass(365 * DAY)
    await c.ring()
    expect(await c.row()).toMatchObject({ runs: 1, lastMissed: 1000, nextAt: startedAt + 365 * DAY + 5 * MINUTE })
  })

  test('a single time is done when it has run, late or not', async () => {
    const c = await start()
    await c.save({ rule: { kind: 'once', at: startedAt + MINUTE } })
    pass(2 * DAY)
    expect(await c.ring()).toEqual({ kind: 'rung' })
    const row = await c.row()
    expect(row).toMatchObject({ state: 'done', runs: 1, lastLateMs: 2 * DAY - MINUTE })
    expect(row.nextAt).toBeUndefined()
    expect(await c.ring()).toEqual({ kind: 'moved-on' })
    await expect(c.setState('active')).rejects.toThrow('schedule-over')
    expect(await c.save({ rule: { kind: 'once', at: Date.now() + MINUTE } })).toMatchObject({ state: 'active' })
  })

  test('no pile: while its last turn waits in the queue, a time is left out, and that turn is told', async () => {
    const c = await start()
    await c.save()
    await c.go(m(2))
    pass(HOUR)
    await c.ring()
    const queued = (await c.turns()).find((turn) => turn.state === 'pending')
    if (!queued) throw new Error('nothing was queued')
    for (const missed of [1, 2]) {
      pass(HOUR)
      expect(await c.ring()).toEqual({ kind: 'rung' })
      expect(await inputOf(c, queued._id)).toMatchObject({ due: { at: startedAt + HOUR, missed } })
      expect(await c.row()).toMatchObject({ runs: 1, lastMissed: missed })
    }
    expect(await c.turns()).toHaveLength(3)
    await c.finish()
    pass(HOUR)
    await c.ring()
    expect(await c.row()).toMatchObject({ runs: 2, nextAt: startedAt + 5 * HOUR })
  })

  test('two schedules of one thread at the same time both run, one after the other', async () => {
    const c = await start()
    await c.save()
    await c.save({ key: m(71), title: 'Weather' })
    pass(HOUR)
    const rows = await c.t.run((ctx) => ctx.db.query('schedules').collect())
    for (const { _id, version } of rows)
      await c.service.mutation(api.service.timers.ring, { kind: 'schedule', id: _id, version })
    expect((await c.turns()).map(({ state }) => state)).toEqual(['completed', 'processing', 'pending'])
  })

  test('nine in the morning in Berlin stays nine when the clocks change, ring after ring', async () => {
    const c = await start()
    const zone = 'Europe/Berlin'
    vi.setSystemTime(Date.parse('2027-03-26T12:00Z'))
    await c.save({ rule: { kind: 'cron', cron: '0 9 * * *' }, timeZone: zone })
    for (const day of [27, 28, 29]) {
      const { nextAt = 0 } = await c.row()
      expect(localOf(nextAt, zone)).toBe(`2027-03-${day}T09:00:00`)
      vi.setSystemTime(nextAt)
      expect(await c.ring()).toEqual({ kind: 'rung' })
      await c.finish()
    }
  })

  test('its thread was deleted: it goes too, and what still rings finds nothing', async () => {
    const c = await start()
    await c.save()
    const { _id } = await c.row()
    await c.removeForGood()
    expect(await c.list()).toEqual([])
    pass(HOUR)
    const timer = { kind: 'schedule' as const, id: _id, version: 1 }
    expect(await c.service.mutation(api.service.timers.ring, timer)).toEqual({ kind: 'moved-on' })
    for (const id of ['nonsense', T1]) {
      expect(await c.service.mutation(api.service.timers.ring, { ...timer, id })).toEqual({ kind: 'moved-on' })
      expect(await c.service.mutation(api.service.timers.ring, { ...timer, id, kind: 'wait' })).toEqual({
        kind: 'moved-on',
      })
    }
  })
})

describe('pause, resume, run now, delete', () => {
  test('a paused one has no time and no timer that matters; resumed it goes on from now', async () => {
    const c = await start()
    await c.save()
    const paused = await c.setState('paused')
    expect(paused).toMatchObject({ state: 'paused' })
    expect(paused).not.toHaveProperty('nextAt')
    expect(await c.setState('paused')).toEqual(paused)
    pass(10 * HOUR + MINUTE)
    expect(await c.ring(1)).toEqual({ kind: 'moved-on' })
    await c.t.mutation(internal.overdue.tick, {})
    await c.t.finishAllScheduledFunctions(vi.runAllTimers)
    expect(await c.turns()).toHaveLength(1)
    expect(await c.setState('active')).toMatchObject({ nextAt: startedAt + 11 * HOUR, runs: 0 })
    expect((await c.timers()).at(-1)).toMatchObject({ version: 3, at: startedAt + 11 * HOUR })
  })

  test('an edit leaves a paused one paused', async () => {
    const c = await start()
    await c.save()
    await c.setState('paused')
    expect(await c.save({ rule: { kind: 'cron', cron: '0 7 * * *' } })).toMatchObject({ state: 'paused' })
    expect(await c.timers()).toHaveLength(1)
  })

  test('run now is once for each click and leaves its own time alone', async () => {
    const c = await start()
    await c.save()
    const first = await c.runNow(m(80))
    expect(first.kind).toBe('started')
    expect(await c.runNow(m(80))).toEqual(first)
    const second = await c.runNow(m(81))
    expect(second.kind).toBe('queued')
    expect(await c.runNow(m(82))).toEqual({ kind: 'waiting', turnId: second.turnId })
    expect(await c.row()).toMatchObject({ runs: 2, version: 1, nextAt: startedAt + HOUR })
    await expect(c.runNow('not a uuid')).rejects.toThrow('bad-id')
  })

  test('run now of a paused one runs it and leaves it paused', async () => {
    const c = await start()
    await c.save()
    await c.setState('paused')
    expect(await c.runNow(m(80))).toMatchObject({ kind: 'started' })
    expect(await c.row()).toMatchObject({ state: 'paused', runs: 1 })
  })

  test('clicks count like messages', async () => {
    const c = await start()
    await c.save()
    const refused = async () => {
      for (let n = 0; n < 200; n++) await c.runNow(m(1000 + n))
    }
    await expect(refused()).rejects.toThrow('rate-limited')
  })

  test('deleted twice is deleted; what is gone cannot be paused or run', async () => {
    const c = await start()
    await c.save()
    await c.remove()
    await c.remove()
    expect(await c.list()).toEqual([])
    await expect(c.setState('paused')).rejects.toThrow('schedule-not-found')
    await expect(c.runNow(m(80))).rejects.toThrow('schedule-not-found')
  })
})

describe('the watchdog of timers', () => {
  const tick = async (c: Awaited<ReturnType<typeof start>>) => {
    await c.t.mutation(internal.overdue.tick, {})
    await c.t.finishInProgressScheduledFunctions()
    vi.advanceTimersByTime(0)
    await c.t.finishAllScheduledFunctions(() => vi.advanceTimersByTime(0))
  }

  test('rings a schedule that is 30 s overdue, and not before', async () => {
    vi.stubEnv('INNGEST_EVENT_KEY', '')
    const c = await start()
    await c.save()
    pass(HOUR + 29_000)
    await tick(c)
    expect(await c.row()).toMatchObject({ runs: 0 })
    pass(2_000)
    await tick(c)
    expect(await c.row()).toMatchObject({ runs: 1, version: 2 })
  })

  test('ends a wait that is overdue, once, and the timer that comes late finds it ended', async () => {
    const c = await start()
    const take = await c.go(m(2))
    const wait = await c.waitIn(take, { kind: 'time', until: startedAt + MINUTE })
    await c.complete(take.turnId, take.epoch)
    pass(MINUTE + 31_000)
    await tick(c)
    await tick(c)
    const ended = await c.t.run((ctx) => ctx.db.get(wait._id))
    expect(ended).toMatchObject({ state: 'elapsed' })
    const ring = { kind: 'wait' as const, id: wait._id, version: 1 }
    expect(await c.service.mutation(api.service.timers.ring, ring)).toEqual({ kind: 'moved-on' })
    expect((await c.turns()).filter(({ cause }) => cause === 'time')).toHaveLength(1)
  })

  test('a wait rings at its time: early, once, then moved on', async () => {
    const c = await start()
    const take = await c.go(m(2))
    const wait = await c.waitIn(take, { kind: 'time', until: startedAt + MINUTE })
    const ring = (version = 1) => c.service.mutation(api.service.timers.ring, { kind: 'wait', id: wait._id, version })
    expect(await ring()).toEqual({ kind: 'early', forMs: MINUTE })
    pass(MINUTE)
    expect(await ring(2)).toEqual({ kind: 'moved-on' })
    expect(await ring()).toEqual({ kind: 'rung' })
    expect(await ring()).toEqual({ kind: 'moved-on' })
  })
})

test('10,000 open waits and 5,000 schedules cost nothing while they wait: a tick reads what is overdue and no more', async () => {
  const c = await start()
  const take = await c.go(m(2))
  const wait = await c.waitIn(take, { kind: 'time', until: startedAt + DAY })
  await c.save()
  const { _id, _creationTime, ...schedule } = await c.row()
  await c.t.run(async (ctx) => {
    const { _id: _w, _creationTime: _c, ...open } = wait
    for (let n = 0; n < 9_999; n++) await ctx.db.insert('waits', { ...open, until: startedAt + DAY + n })
    for (let n = 0; n < 4_999; n++) await ctx.db.insert('schedules', { ...schedule, key: `k${n}` })
  })
  const cost = () =>
    c.t.mutation(async (ctx) => {
      await ctx.runMutation(internal.overdue.tick, {})
      const { documentsRead } = await ctx.meta.getTransactionMetrics()
      return documentsRead.used
    })
  expect(await cost()).toBe(0)
  pass(HOUR + 20_000)
  expect(await cost()).toBe(0)
  pass(23 * HOUR + 10_000)
  // One wait and all schedules are overdue now: a hundred of these are taken at a time.
  const overdue = await cost()
  expect(overdue).toBeGreaterThan(100)
  expect(overdue).toBeLessThanOrEqual(105)
})
