import { describe, expect, test } from 'vitest'
import { keepUntil } from './keepUntil.ts'

const DAY = 24 * 60 * 60 * 1000
const longestLeg = 6 * DAY

/** Inngest, the way it calls functions: from the start each time, with what each step has given before; and a database whose clock may differ. */
function startTimer({ at, skewMs = 0, answeredAt = Infinity }: { at: number; skewMs?: number; answeredAt?: number }) {
  let now = 0
  const memo = new Map<string, unknown>()
  const slept: number[] = []
  class Pause extends Error {}

  async function step<Result>(name: string, work: () => Result): Promise<Result | undefined> {
    if (memo.has(name)) return memo.get(name) as Result
    memo.set(name, work())
    throw new Pause(name)
  }
  const sleepTo = (until: number) => {
    slept.push(until - now)
    now = Math.max(now, until)
  }
  const ring = () => {
    const theirs = now - skewMs
    if (now >= answeredAt) return { kind: 'moved-on' as const }
    return theirs >= at ? { kind: 'rung' as const } : { kind: 'early' as const, forMs: at - theirs }
  }
  async function run() {
    for (let call = 0; call < 1_000; call++) {
      try {
        const end = await keepUntil<{ kind: 'rung' | 'moved-on' }>(at, 0, {
          sleepUntil: (name, until) => step(name, () => sleepTo(until.getTime())),
          sleep: (name, ms) => step(name, () => sleepTo(now + ms)),
          ring: async (name) => (await step(name, ring)) ?? { kind: 'moved-on' },
        })
        return { end, now, slept, steps: memo.size }
      } catch (error) {
        if (!(error instanceof Pause)) throw error
      }
    }
    throw new Error('it never ended')
  }
  return run()
}

describe('a timer', () => {
  test('rings at its time, to the millisecond, with two steps', async () => {
    expect(await startTimer({ at: 90_500 })).toMatchObject({ end: { kind: 'rung' }, now: 90_500, steps: 2 })
  })

  test('of a time that has passed rings at once', async () => {
    expect(await startTimer({ at: -5_000 })).toMatchObject({ end: { kind: 'rung' }, now: 0 })
  })

  test('of a year sleeps in legs of six days at most, and rings less than a second late', async () => {
    const { end, now, slept } = await startTimer({ at: 366 * DAY + 1 })
    expect(end).toEqual({ kind: 'rung' })
    expect(now - (366 * DAY + 1)).toBeLessThan(1_000)
    expect(Math.max(...slept)).toBe(longestLeg)
    expect(slept).toHaveLength(62)
  })

  test('ends with the leg in which its wait was answered', async () => {
    const { end, now } = await startTimer({ at: 100 * DAY, answeredAt: 7 * DAY })
    expect({ end, now }).toEqual({ end: { kind: 'moved-on' }, now: 12 * DAY })
  })

  test.each([40, 999, 30_000])('ahead of the database by %d ms sleeps again, and not in a circle', async (skewMs) => {
    const { end, now, steps } = await startTimer({ at: 60_000, skewMs })
    expect(end).toEqual({ kind: 'rung' })
    expect(now).toBeGreaterThanOrEqual(60_000 + skewMs)
    expect(now).toBeLessThanOrEqual(60_000 + skewMs + 1_000)
    expect(steps).toBeLessThanOrEqual(4)
  })
})
