/** Many sleeping runs with the official SDK: what they cost, how they wake. Counted, not timed. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { type Clock, systemClock } from '../../kernel/clock.ts'
import { createFakeClock } from '../../kernel/fakeClock.ts'
import type { Profile } from '../../kernel/runServer.ts'
import { startWorld, until, type World } from './startApp.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const day = 86_400_000
const sixDays = { clockOffsetMs: 6 * day, retentionMs: 30 * day }

/** Keeps the time as the product does, then calls back; and a function that does not sleep. */
async function startKeeper(onWake: (n: number) => unknown, options: Parameters<typeof startWorld>[1] = {}) {
  const quick: number[] = []
  const started = await startWorld(
    (client) => [
      client.createFunction({ id: 'keep', triggers: [{ event: 't/keep' }], retries: 20 }, async ({ step, event }) => {
        await step.sleepUntil('time', new Date(event.data['at']))
        await step.run('ring', async () => void (await onWake(event.data['n'])))
      }),
      client.createFunction({ id: 'quick', triggers: [{ event: 't/quick' }] }, ({ step, event }) =>
        step.run('now', () => void quick.push(event.data['n'])),
      ),
    ],
    options,
  )
  world = started
  const counts = () => started.server().core.queue.count()
  return {
    world: started,
    quick,
    counts,
    /** Sent in reverse, so that the order of waking is not the order of their coming. */
    async putToSleep(from: number, count: number): Promise<void> {
      const at = started.server().core.clock.now() + 5.9 * day
      const numbers = Array.from({ length: count }, (_, i) => from + count - 1 - i)
      await started.app.client.send(numbers.map((n) => ({ name: 't/keep', data: { n, at: at + n * 1_000 } })))
      await until('all to sleep', () => counts().asleep === from + count || undefined)
    },
    allEnded: () => until('all to end', () => Object.values(counts()).every((count) => count === 0) || undefined),
  }
}

/** The system's clock, counting the timers that are set. */
function countingClock(): { clock: Clock; timers: () => number } {
  const set = new Set<symbol>()
  return {
    timers: () => set.size,
    clock: {
      ...systemClock,
      after(ms, fn) {
        const timer = Symbol()
        set.add(timer)
        const stop = systemClock.after(ms, () => {
          set.delete(timer)
          fn()
        })
        return () => {
          set.delete(timer)
          stop()
        }
      },
    },
  }
}

describe('while they sleep', () => {
  it('[EX97] two thousand have one timer, no slot and no heap, and the next one is found by an index', async () => {
    const { clock, timers } = countingClock()
    const keeper = await startKeeper(() => {}, { clock, settings: { resyncMs: 10 * day } })
    const heap = () => {
      collectGarbage()
      return process.memoryUsage().heapUsed
    }
    await keeper.putToSleep(0, 200)
    const [heapBefore, timersBefore] = [heap(), timers()]
    await keeper.putToSleep(200, 1_800)
    const { core } = keeper.world.server()
    expect(heap() - heapBefore).toBeLessThan(4 * 1024 * 1024)
    // The other is the next look at the app's functions.
    expect([timersBefore, timers()]).toEqual([2, 2])
    expect([keeper.counts(), core.slots.size()]).toEqual([{ ready: 0, asleep: 2_000, leased: 0, blocked: 0 }, 0])
    const plan = core.db
      .prepare('EXPLAIN QUERY PLAN SELECT * FROM queue WHERE state = ? AND due_at <= ? ORDER BY due_at, seq LIMIT 1')
      .all('asleep', 0)
    expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH queue USING INDEX queue_due (state=? AND due_at<?)'])
  })

  it('[EX97] a machine that was suspended for days wakes them within a minute', async () => {
    const fake = createFakeClock(Date.now())
    let suspendedMs = 0
    const clock = { ...fake, now: () => fake.now() + suspendedMs }
    const woken: number[] = []
    const keeper = await startKeeper((n) => woken.push(n), { clock, settings: { resyncMs: 10 * day } })
    await keeper.putToSleep(0, 3)
    fake.advance(60_000)
    expect(woken).toEqual([])
    // Timers stand still while a machine is suspended, its clock does not.
    suspendedMs = 6 * day
    fake.advance(60_000)
    await keeper.allEnded()
    expect(new Set(woken)).toEqual(new Set([0, 1, 2]))
  })
})

describe.each<Profile>(['friendly', 'strict'])('waking, %s', (profile) => {
  it('[EX98] many that are due together wake in order, few at a time, and what is new does not wait for them', async () => {
    const woken: number[] = []
    let open = () => {}
    const gate = new Promise<void>((done) => {
      open = done
    })
    const hold = (n: number) => {
      woken.push(n)
      return gate
    }
    // No answer is lost on purpose: a call that is made again would be woken twice, which is not what is counted here.
    const behaviour = { mostWaking: 7, loseAnswer: 0 }
    const keeper = await startKeeper(hold, { profile, behaviour })
    await keeper.putToSleep(0, 200)
    await keeper.world.restart(sixDays)
    await until('the first to wake', () => woken.length === 7 || undefined)
    await keeper.world.send('t/quick', { n: 1 })
    await until('what is new', () => keeper.quick.length === 1 || undefined)
    expect([...woken].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(keeper.counts().asleep).toBe(193)
    open()
    await keeper.allEnded()
    expect(new Set(woken).size).toBe(200)
    expect(woken.length).toBe(200)
    const farthest = Math.max(...woken.map((n, place) => Math.abs(n - place)))
    expect(farthest).toBeLessThan(2 * behaviour.mostWaking)
    expect(keeper.world.server().core.slots.size()).toBe(0)
  })
})

it('[EX99] an app that is away is not asked for all of them; they wake when it is back', async () => {
  const woken: number[] = []
  const keeper = await startKeeper((n) => woken.push(n), { behaviour: { mostWaking: 4 } })
  await keeper.putToSleep(0, 50)
  await keeper.world.app.stop()
  await keeper.world.restart(sixDays)
  const { core } = keeper.world.server()
  const lost = () => Number(core.db.prepare('SELECT min(lost_calls) AS n FROM queue WHERE lost_calls > 0').get()?.['n'])
  await until('several tries', () => lost() >= 3 || undefined)
  const { ready, leased, asleep } = keeper.counts()
  expect([ready + leased, asleep]).toEqual([4, 46])
  await keeper.world.app.resume()
  await keeper.allEnded()
  expect([woken.length, new Set(woken).size]).toEqual([50, 50])
})

it('[EX98] a woken run that is cancelled while its app is away makes room for the next', async () => {
  const woken: number[] = []
  const keeper = await startKeeper((n) => woken.push(n), { behaviour: { mostWaking: 1 } })
  await keeper.putToSleep(0, 2)
  await keeper.world.app.stop()
  await keeper.world.restart(sixDays)
  const { core } = keeper.world.server()
  const first = await until('the first to wake', () => {
    const row = core.db.prepare('SELECT run_id FROM queue WHERE lost_calls > 0').get()
    return row && String(row['run_id'])
  })
  await keeper.world.rest.cancel(first)
  await keeper.world.app.resume()
  await keeper.allEnded()
  expect(woken).toEqual([1])
})
