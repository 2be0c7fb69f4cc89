import { expect, it } from 'vitest'
import { formatMicros } from './formatMicros.ts'

it.each([
  [0, '$0.00'],
  [1, '$0.0000010'],
  [1_234, '$0.0012'],
  [9_949, '$0.0099'],
  [10_000, '$0.01'],
  [500_000, '$0.50'],
  [12_345_678, '$12.35'],
])('%i micros are %s', (micros, words) => {
  expect(formatMicros(micros)).toBe(words)
})
