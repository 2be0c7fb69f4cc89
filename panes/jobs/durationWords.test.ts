import { expect, it } from 'vitest'
import { durationWords, shortDuration } from './durationWords.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND

it.each([
  [-5, '0.0 s'],
  [0, '0.0 s'],
  [4, '0.0 s'],
  [34, '0.03 s'],
  [94, '0.09 s'],
  [96, '0.1 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [59_499, '59 s'],
  [59_600, '1 min'],
  [200_000, '3 min 20 s'],
  [2 * HOUR + 300_000, '2 h 5 min'],
  [HOUR - 400, '1 h'],
  [24 * HOUR, '1 day'],
  [76 * HOUR + 59_000, '3 days 4 h'],
])('says %i ms as %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words)
})

it.each([
  [0, '0 s'],
  [100, '0.1 s'],
  [1_000, '1 s'],
  [12_400, '12 s'],
  [100_000, '100 s'],
  [150_000, '3 min'],
  [HOUR, '60 min'],
  [5 * HOUR, '5 h'],
  [47 * HOUR, '47 h'],
  [72 * HOUR, '3 d'],
])('says %i ms in short as %s', (ms, words) => {
  expect(shortDuration(ms)).toBe(words)
})
