/** Scheduled functions and crons, on a clock that the test moves. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actionGeneric as action, anyApi, cronJobs, mutationGeneric as mutation } from 'convex/server'
import { v } from 'convex/values'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeClock, type FakeClock } from '../../../kernel/fakeClock.ts'
import type { BackendOptions, ModuleMap } from '../backend.ts'
import { type Model, startApp } from '../test/app.ts'
import type { TestBackend } from '../testing.ts'

let app: TestBackend<Model>
let clock: FakeClock
const add = anyApi['counters']?.['add'] as never
const held: { release: () => void; started: number } = { release: () => {}, started: 0 }

const more: ModuleMap = {
  './jobs.ts': {
    later: mutation({
      args: { ms: v.number(), fail: v.optional(v.boolean()) },
      handler: async (ctx, { ms, fail }) => {
        const id = await ctx.scheduler.runAt(clock.now() + ms, add, { name: 'n' } as never)
        if (fail) throw new Error('after scheduling')
        return id
      },
    }),
    cancel: mutation({
      args: { id: v.id('_scheduled_functions') },
      handler: (ctx, { id }) => ctx.scheduler.cancel(id),
    }),
    any: mutation({
      args: { name: v.string(), args: v.any() },
      handler: (ctx, { name, args }) => ctx.scheduler.runAt(clock.now(), name as never, args as never),
    }),
    hold: action({
      handler: async (ctx) => {
        held.started++
        await new Promise<void>((resolve) => {
          held.release = resolve
        })
        await ctx.scheduler.runAfter(0, add, { name: 'from action' } as never)
      },
    }),
    boom: mutation({ handler: () => Promise.reject(new Error('boom')) }),
    seen: mutation({
      args: { id: v.id('_scheduled_functions') },
      handler: async (ctx, { id }) => [
        await ctx.db.system.get(id),
        (await ctx.db.system.query('_scheduled_functions').collect()).length,
      ],
    }),
  },
}
const start = (options: Partial<BackendOptions> = {}, extra: ModuleMap = {}) =>
  startApp({ clock, ...options }, { ...more, ...extra })
const jobs = () => app.snapshot()['_scheduled_functions'] ?? []
const value = (name = 'n') => app.query('counters:value', { name })

beforeEach(() => {
  clock = createFakeClock()
  // Unbundled modules see the host's clock; the SDK computes runAfter with it.
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() })
  held.started = 0
})
afterEach(async () => {
  vi.useRealTimers()
  await app.close()
})

describe('jobs', () => {
  it('[SC1] run when their time has come, exactly once, and are seen as done', async () => {
    app = await start()
    const id = (await app.mutation('jobs:later', { ms: 1_000 })) as string
    await app.scheduler.runAllDue()
    expect([await value(), app.scheduler.nextDue()]).toEqual([null, clock.now() + 1_000])
    clock.advance(1_000)
    await app.scheduler.runAllDue()
    await app.scheduler.runAllDue()
    expect(await value()).toBe(1)
    expect(await app.mutation('jobs:seen', { id })).toMatchObject([
      { name: 'counters.js:add', args: [{ name: 'n' }], state: { kind: 'success' }, completedTime: clock.now() },
      1,
    ])
  })

  it('[SC1] the timer alone wakes them', async () => {
    app = await start()
    await app.mutation('jobs:later', { ms: 5_000 })
    await expect.poll(() => clock.nextIn()).toBe(5_000)
    clock.advance(5_000)
    await expect.poll(() => value()).toBe(1)
  })

  it('[SC2] a mutation that fails schedules nothing', async () => {
    app = await start()
    await expect(app.mutation('jobs:later', { ms: 0, fail: true })).rejects.toThrow('after scheduling')
    expect(jobs()).toEqual([])
  })

  it('[SC3] a cancelled job does not run', async () => {
    app = await start()
    const id = (await app.mutation('jobs:later', { ms: 10 })) as string
    await app.mutation('jobs:cancel', { id })
    clock.advance(10)
    await app.scheduler.runAllDue()
    expect([await value(), jobs()]).toMatchObject([null, [{ state: { kind: 'canceled' } }]])
  })

  it('[SC3] what a cancelled action still schedules is dropped', async () => {
    app = await start()
    const id = (await app.mutation('jobs:any', { name: 'jobs:hold', args: {} })) as string
    await expect.poll(() => held.started).toBe(1)
    await app.mutation('jobs:cancel', { id })
    held.release()
    await app.scheduler.runAllDue()
    expect(await value('from action')).toBeNull()
    expect(jobs().map(({ state }) => state)).toEqual([{ kind: 'canceled' }, { kind: 'canceled' }])
  })

  it('[SC4] a function that throws fails for good; what cannot run is refused when it is scheduled', async () => {
    app = await start()
    await app.mutation('jobs:any', { name: 'jobs:boom', args: {} })
    await app.scheduler.runAllDue()
    expect(jobs()).toMatchObject([{ state: { kind: 'failed', error: expect.stringContaining('boom') } }])
    await expect(app.mutation('jobs:any', { name: 'no:where', args: {} })).rejects.toThrow(
      "Could not find function for 'no:where'",
    )
    await expect(app.mutation('jobs:any', { name: 'counters:add', args: { name: 5 } })).rejects.toThrow(
      'ArgumentValidationError',
    )
    await expect(app.mutation('jobs:any', { name: 'counters:value', args: { name: 'n' } })).rejects.toThrow(
      'is a query',
    )
  })

  it('[SC5] after a restart pending jobs run, and an action that was running is not run again', async () => {
    const storage = mkdtempSync(join(tmpdir(), 'convex-scheduler-'))
    app = await start({ storage })
    await app.mutation('jobs:any', { name: 'jobs:hold', args: {} })
    await app.mutation('jobs:later', { ms: 50 })
    await expect.poll(() => held.started).toBe(1)
    await app.close()
    clock.advance(100)
    app = await start({ storage })
    await app.scheduler.runAllDue()
    expect([held.started, await value()]).toEqual([1, 1])
    expect(jobs().map(({ state }) => (state as { kind: string }).kind)).toEqual(['failed', 'success'])
    rmSync(storage, { recursive: true })
  })

  it('[SC6] finished jobs are removed after seven days', async () => {
    app = await start()
    await app.mutation('jobs:later', { ms: 0 })
    await app.scheduler.runAllDue()
    clock.advance(6 * 24 * 3_600_000)
    expect(jobs()).toHaveLength(1)
    clock.advance(24 * 3_600_000 + 3_600_000)
    expect(jobs()).toHaveLength(0)
  })
})

describe('crons', () => {
  const crons = cronJobs()
  crons.interval('every ten', { seconds: 10 }, add, { name: 'cron' } as never)
  const withCrons = { './crons.ts': { default: crons } }

  it('[SC7] an interval runs at once and then in its rhythm', async () => {
    app = await start({}, withCrons)
    clock.advance(0)
    await expect.poll(() => value('cron')).toBe(1)
    for (const count of [2, 3]) {
      await expect.poll(() => clock.nextIn()).toBe(10_000)
      clock.advance(10_000)
      await expect.poll(() => value('cron')).toBe(count)
    }
  })

  it('[SC7] a deploy keeps the times; ticks that were missed while down are one run', async () => {
    const storage = mkdtempSync(join(tmpdir(), 'convex-crons-'))
    app = await start({ storage }, withCrons)
    clock.advance(0)
    await expect.poll(() => value('cron')).toBe(1)
    await expect.poll(() => clock.nextIn()).toBe(10_000)
    await app.close()
    clock.advance(95_000)
    app = await start({ storage }, withCrons)
    clock.advance(0)
    await expect.poll(() => value('cron')).toBe(2)
    await expect.poll(() => clock.nextIn()).toBe(5_000)
    rmSync(storage, { recursive: true })
  })
})
