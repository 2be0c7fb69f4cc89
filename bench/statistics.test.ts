import { expect, test } from 'vitest'
import { median, percentile, spread } from './statistics.ts'

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

test('a percentile is the smallest measured value that the given share does not exceed', () => {
  expect([0.5, 0.99, 1, 0.001].map((share) => percentile(hundred, share))).toEqual([50, 99, 100, 1])
})

test('the median of an even number of values is the lower middle one, and one value is every percentile', () => {
  expect(median([4, 1, 3, 2])).toBe(2)
  expect([median([7]), percentile([7], 0.99)]).toEqual([7, 7])
})

test('nothing measured is not a number, rather than a quick zero', () => {
  expect(median([])).toBeNaN()
})

test('a spread counts, and leaves its values in their order', () => {
  expect(spread(hundred)).toEqual({ count: 100, p50: 50, p99: 99, max: 100 })
  expect(hundred[0]).toBe(100)
})
