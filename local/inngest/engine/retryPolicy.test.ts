import { expect, it } from 'vitest'
import { retryPolicy } from './retryPolicy.ts'

it('[EX40] friendly waits 1, 2, 5, 15, 30, 60 seconds and stays there', () => {
  const { backoffMs } = retryPolicy('friendly', 1, () => 0.9)
  expect([0, 1, 2, 3, 4, 5, 19].map(backoffMs)).toEqual([1, 2, 5, 15, 30, 60, 60].map((s) => s * 1_000))
})

it('[EX41] strict waits as Inngest does, with up to 30 s of jitter, times the scale', () => {
  const table = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200, 7_200]
  const { backoffMs } = retryPolicy('strict', 1, () => 0)
  expect(table.map((_, attempt) => backoffMs(attempt))).toEqual(table.map((s) => s * 1_000))
  expect(retryPolicy('strict', 0.1, () => 0.5).backoffMs(0)).toBe(3_000)
})

it('[EX80] free tries come after 0.25, 0.5, 1, 2, 2 … seconds', () => {
  const { reconnectMs } = retryPolicy('friendly', 1, () => 0)
  expect([0, 1, 2, 3, 4, 1_000].map(reconnectMs)).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000])
})
