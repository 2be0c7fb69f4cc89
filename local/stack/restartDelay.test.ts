import { expect, test } from 'vitest'
import { computeRestartDelay } from './restartDelay.ts'

test('a part killed while it served is restarted at once, however often', () => {
  expect(computeRestartDelay({ hadServed: true, signal: 'SIGKILL', deathsInRow: 9 })).toBe(0)
})

test('a part that dies by itself waits longer each time, five seconds at most', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7].map((deathsInRow) =>
    computeRestartDelay({ hadServed: true, signal: null, deathsInRow }),
  )
  expect(delays).toEqual([200, 400, 800, 1600, 3200, 5000, 5000])
})

test('a part killed before it served waits too: it may be what kills it', () => {
  expect(computeRestartDelay({ hadServed: false, signal: 'SIGSEGV', deathsInRow: 2 })).toBe(400)
})
