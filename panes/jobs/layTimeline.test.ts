import { describe, expect, it } from 'vitest'
import { waitOf } from '../chat/waitFixtures.ts'
import { jobOf, stepOf, tried } from './jobFixtures.ts'
import { layTimeline } from './layTimeline.ts'

const SECOND = 1_000
const DAY = 86_400_000
const seen = (job: Parameters<typeof layTimeline>[0], now: number) =>
  layTimeline(job, now).lanes.map(({ key, bars }) => [key, bars.map(({ kind, from, to }) => `${kind} ${from}-${to}`)])
const near = (value: number) => expect.closeTo(value, 6)

describe('bars', () => {
  it('shows the queue, then each step in its order', () => {
    const job = jobOf({
      startedAt: 1_400,
      settledAt: 4_000,
      steps: [stepOf('prepare', [tried(1_400, 1_500)]), stepOf('model-0', [tried(1_500, 3_900)])],
    })
    expect(seen(job, 9_000)).toEqual([
      ['queue', ['queue 0-1400']],
      ['prepare', ['done 1400-1500']],
      ['model-0', ['done 1500-3900']],
    ])
  })

  it('leaves out a queue in which nobody waited', () => {
    expect(seen(jobOf({ startedAt: 900, settledAt: 1_000 }), 1_000)).toEqual([])
  })

  it('lets a queue grow with the time, also when this device is behind', () => {
    expect(seen(jobOf({ status: 'pending', createdAt: 100 }), 700)).toEqual([['queue', ['queue 100-700']]])
    expect(seen(jobOf({ status: 'pending', createdAt: 100 }), 50)).toEqual([['queue', ['queue 100-100']]])
  })

  it('ends the queue of what was stopped or refused before it began', () => {
    expect(seen(jobOf({ status: 'cancelled', settledAt: 1_300 }), 9_000)).toEqual([['queue', ['queue 0-1300']]])
  })

  it('shows each try and the pause until the next one', () => {
    const busy = { code: 'model-rate-limited', message: 'The model is busy.' }
    const tries = [
      tried(0, 100, { ...busy, retryAt: 1_100 }),
      tried(1_150, 1_200, { ...busy, retryAt: 4_200 }),
      tried(4_210, 5_000),
    ]
    expect(seen(jobOf({ startedAt: 0, settledAt: 5_000, steps: [stepOf('model-0', tries)] }), 9_000)).toEqual([
      ['model-0', ['failed 0-100', 'pause 100-1150', 'failed 1150-1200', 'pause 1200-4210', 'done 4210-5000']],
    ])
  })

  it('shows the pause ahead up to the next try, and beyond it while the try is overdue', () => {
    const job = jobOf({
      status: 'processing',
      startedAt: 0,
      steps: [stepOf('model-0', [tried(0, 100, { code: 'model-unavailable', message: 'x', retryAt: 5_100 })])],
    })
    expect(seen(job, 1_000)).toEqual([['model-0', ['failed 0-100', 'pause 100-5100']]])
    expect(seen(job, 7_000)).toEqual([['model-0', ['failed 0-100', 'pause 100-7000']]])
    const { lanes, now } = layTimeline(job, 2_600)
    expect(lanes[0]?.bars[1]).toMatchObject({ isOpen: true })
    expect(now).toBeCloseTo(2_600 / 5_100, 6)
  })

  it('ends a pause where the job was stopped', () => {
    const tries = [tried(0, 100, { code: 'model-unavailable', message: 'x', retryAt: 60_100 })]
    const job = jobOf({ status: 'cancelled', startedAt: 0, settledAt: 900, steps: [stepOf('model-0', tries)] })
    expect(seen(job, 99_000)).toEqual([['model-0', ['failed 0-100', 'pause 100-900']]])
    expect(layTimeline(job, 99_000).now).toBeNull()
  })

  it('tells a try that runs, one whose worker died, and one that was stopped', () => {
    const dead = { openedAt: 0 }
    const running = jobOf({
      status: 'processing',
      startedAt: 0,
      steps: [stepOf('tool-0-0', [dead, { openedAt: 60_000 }])],
    })
    expect(seen(running, 61_000)).toEqual([['tool-0-0', ['lost 0-60000', 'running 60000-61000']]])
    const stopped = tried(60_000, 61_000, { code: 'stopped', message: 'x' })
    const over = jobOf({
      status: 'cancelled',
      startedAt: 0,
      settledAt: 61_000,
      steps: [stepOf('tool-0-0', [dead, stopped])],
    })
    expect(seen(over, 99_000)).toEqual([['tool-0-0', ['lost 0-60000', 'stopped 60000-61000']]])
  })

  it('draws ten tools side by side on lanes of their own', () => {
    const steps = Array.from({ length: 10 }, (_, n) => stepOf(`tool-0-${n}`, [tried(1_000, 2_000 + n * 100)]))
    const { lanes } = layTimeline(jobOf({ startedAt: 0, settledAt: 3_000, steps }), 3_000)
    expect(lanes).toHaveLength(10)
    expect(new Set(lanes.map(({ bars }) => bars[0]?.start)).size).toBe(1)
    expect(lanes.map(({ bars }) => bars[0]?.length ?? 0)).toEqual(
      lanes.map(({ bars }) => bars[0]?.length ?? 0).toSorted((a, b) => a - b),
    )
  })

  it('takes a row without tries, of an older deploy, by what it says itself', () => {
    const step = stepOf('model-0', [tried(0, 100, { code: 'internal', message: 'x', retryAt: 500 })], { tries: [] })
    expect(seen(jobOf({ status: 'processing', startedAt: 0, steps: [step] }), 200)).toEqual([
      ['model-0', ['failed 0-100', 'pause 100-500']],
    ])
  })

  it('marks the first words in the step that wrote them, and in no other', () => {
    const steps = [
      stepOf('prepare', [tried(0, 100)]),
      stepOf('model-0', [tried(100, 500)]),
      stepOf('model-1', [tried(600, 1_000)]),
    ]
    const { lanes } = layTimeline(jobOf({ startedAt: 0, firstTokenAt: 700, settledAt: 1_000, steps }), 1_000)
    expect(lanes.map(({ marks }) => marks)).toEqual([[], [], [near(0.7)]])
  })

  it('shows a wait up to its time, and past it while nothing has come', () => {
    const job = (over: Parameters<typeof waitOf>[0]) =>
      jobOf({ status: 'waiting', startedAt: 0, settledAt: 100, waits: [waitOf({ openedAt: 90, until: 500, ...over })] })
    expect(seen(job({}), 200)).toEqual([['wait-1', ['wait 90-500']]])
    expect(seen(job({}), 800)).toEqual([['wait-1', ['wait 90-800']]])
    expect(seen(job({ state: 'answered', endedAt: 300 }), 800)).toEqual([['wait-1', ['wait 90-300']]])
  })
})

describe('the axis', () => {
  const work = [
    stepOf('prepare', [tried(0, 100)]),
    stepOf('model-0', [tried(100, 1_900)]),
    stepOf('tool-0-0', [tried(1_900, 2_000)]),
  ]
  const waiting = jobOf({
    status: 'waiting',
    startedAt: 0,
    settledAt: 2_000,
    steps: work,
    waits: [waitOf({ openedAt: 2_000, until: 3 * DAY })],
  })

  it('is to scale while nothing is long', () => {
    const { lanes, axis } = layTimeline(jobOf({ startedAt: 0, settledAt: 2_000, steps: work }), 2_000)
    expect(lanes.map(({ bars }) => bars.map(({ start, length }) => [start, length]))).toEqual([
      [[near(0), near(0.05)]],
      [[near(0.05), near(0.9)]],
      [[near(0.95), near(0.05)]],
    ])
    expect(axis.stretches.some(({ isBreak }) => isBreak)).toBe(false)
  })

  it('cuts a wait of three days to a fixed width, and the work before it stays to scale', () => {
    const { lanes, axis } = layTimeline(waiting, DAY)
    expect(axis.stretches.map(({ from, to, isBreak }) => [from, to, isBreak])).toEqual([
      [0, 2_000, false],
      [2_000, 3 * DAY, true],
    ])
    const [prepare, model, , wait] = lanes.map(({ bars }) => bars[0])
    expect(wait).toMatchObject({ start: near(0.86), length: near(0.14) })
    expect((model?.length ?? 0) / (prepare?.length ?? 1)).toBeCloseTo(18, 6)
  })

  it('moves now through a cut by its own scale', () => {
    expect(layTimeline(waiting, 2_000).now).toBeCloseTo(0.86, 3)
    expect(layTimeline(waiting, 1.5 * DAY).now).toBeCloseTo(0.93, 3)
    expect(layTimeline(waiting, 3 * DAY).now).toBeCloseTo(1, 6)
  })

  it('cuts no pause that is short, or no longer than twice the work', () => {
    const paused = (pause: number, length: number) =>
      layTimeline(
        jobOf({
          startedAt: 0,
          settledAt: pause + 2 * length,
          steps: [
            stepOf('model-0', [
              tried(0, length, { code: 'internal', message: 'x', retryAt: length + pause }),
              tried(length + pause, pause + 2 * length),
            ]),
          ],
        }),
        pause + 2 * length,
      ).axis.stretches.filter(({ isBreak }) => isBreak).length
    expect(paused(9 * SECOND, 10)).toBe(0)
    expect(paused(11 * SECOND, 10)).toBe(1)
    expect(paused(60 * SECOND, 20 * SECOND)).toBe(0)
    expect(paused(90 * SECOND, 20 * SECOND)).toBe(1)
  })

  it('never cuts a stretch in which something works, however long the others wait', () => {
    const steps = [
      stepOf('tool-0-0', [tried(0, 600_000)]),
      stepOf('tool-0-1', [{ openedAt: 0 }, tried(500_000, 500_010)]),
    ]
    const { axis } = layTimeline(jobOf({ startedAt: 0, settledAt: 600_000, steps }), 600_000)
    expect(axis.stretches).toHaveLength(1)
  })

  it('does not cut the only thing there is', () => {
    const { axis, lanes } = layTimeline(jobOf({ status: 'pending' }), DAY)
    expect(axis.stretches.map(({ isBreak }) => isBreak)).toEqual([false])
    expect(lanes[0]?.bars[0]).toMatchObject({ start: 0, length: 1 })
  })

  it('leaves more than half of the width to the work, however many pauses are cut', () => {
    const tries = Array.from({ length: 12 }, (_, n) =>
      tried(n * 100_000, n * 100_000 + 1_000, { code: 'internal', message: 'x', retryAt: (n + 1) * 100_000 }),
    )
    const job = jobOf({ startedAt: 0, settledAt: 1_101_000, steps: [stepOf('model-0', tries)] })
    const { axis } = layTimeline(job, 1_101_000)
    const breaks = axis.stretches.filter(({ isBreak }) => isBreak)
    expect(breaks).toHaveLength(11)
    expect(breaks.reduce((sum, { length }) => sum + length, 0)).toBeCloseTo(0.42, 6)
    expect(axis.stretches.reduce((sum, { length }) => sum + length, 0)).toBeCloseTo(1, 6)
  })

  it('names round times with room for their words, and begins anew after a cut', () => {
    const job = jobOf({
      startedAt: 0,
      settledAt: 320_000,
      steps: [
        stepOf('model-0', [
          tried(0, 10_000, { code: 'internal', message: 'x', retryAt: 310_000 }),
          tried(310_000, 320_000),
        ]),
      ],
    })
    const { axis } = layTimeline(job, 320_000)
    expect(axis.ticks.map(({ at, since }) => [at, since])).toEqual([
      [0, 0],
      [5_000, 5_000],
      [310_000, 0],
      [315_000, 5_000],
    ])
    const places = axis.ticks.map((tick) => tick.place)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('names on a narrow picture only what has room there, and never nothing but the beginning of a long one', () => {
    const job = jobOf({ startedAt: 0, settledAt: 4_900, steps: [stepOf('model-0', [tried(0, 4_900)])] })
    const { axis } = layTimeline(job, 4_900)
    expect(axis.ticks.map(({ since, room }) => [since, room])).toEqual([
      [0, 'narrow'],
      [1_000, null],
      [2_000, 'wide'],
      [3_000, 'wide'],
      [4_000, 'narrow'],
    ])
  })

  it('has a width also when nothing took any time', () => {
    const { lanes } = layTimeline(jobOf({ startedAt: 0, settledAt: 0, steps: [stepOf('prepare', [tried(0, 0)])] }), 0)
    expect(lanes[0]?.bars[0]).toMatchObject({ start: 0, length: 0 })
  })

  it('keeps every place between 0 and 1, in the order of time, for a thousand random jobs', () => {
    const random = seeded(7)
    for (let round = 0; round < 1_000; round += 1) {
      const job = randomJob(random)
      const { lanes, axis } = layTimeline(job, Math.floor(random() * 4e8))
      for (const { start, length, from, to } of lanes.flatMap(({ bars }) => bars)) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(length).toBeGreaterThanOrEqual(0)
        expect(start + length).toBeLessThanOrEqual(1 + 1e-9)
        expect(to).toBeGreaterThanOrEqual(from)
        expect(axis.place(from)).toBe(start)
      }
      for (const [room, width] of [
        ['narrow', 100],
        ['middle', 150],
        ['wide', 210],
      ] as const) {
        const named = axis.ticks.filter((tick) => tick.room === 'narrow' || tick.room === room)
        const clear = named.every(({ place, since }, at) => {
          const next = named[at + 1]
          // A clock that would not fit at the end stands against it, and begins earlier.
          if (next === undefined || (next.since === 0 && next.place > 0.8) || (since === 0 && place > 0.8)) return true
          return (next.place - place) * width >= (since === 0 ? 50 : 15) + (next.since === 0 ? 0 : 15)
        })
        expect(clear).toBe(true)
      }
    }
  })
})

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

function randomJob(random: () => number) {
  let at = 0
  // Mostly short, sometimes days.
  const pass = () => {
    at += Math.floor(random() < 0.1 ? random() * 3e8 : random() * 2_000)
    return at
  }
  const startedAt = pass()
  const steps = Array.from({ length: Math.floor(random() * 6) }, (_, n) => {
    const tries = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
      const openedAt = pass()
      if (random() < 0.2) return { openedAt }
      const endedAt = pass()
      return random() < 0.5
        ? tried(openedAt, endedAt)
        : tried(openedAt, endedAt, { code: 'internal', message: 'x', retryAt: pass() })
    })
    return stepOf(`tool-0-${n}`, tries)
  })
  const waits = random() < 0.3 ? [waitOf({ openedAt: at, until: pass() })] : []
  return jobOf({
    startedAt,
    steps,
    waits,
    ...(random() < 0.5 ? { settledAt: pass() } : { status: 'processing' as const }),
  })
}
