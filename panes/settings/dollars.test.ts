import { expect, it } from 'vitest'
import { dollarsOf, parseDollars } from './dollars.ts'

it.each([
  ['2', 2_000_000],
  ['2.50', 2_500_000],
  [' $2,5 ', 2_500_000],
  ['.05', 50_000],
  ['0', 0],
  ['0.000001', 1],
  ['1000000', 1_000_000_000_000],
])('reads %j as an amount', (typed, micros) => {
  expect(parseDollars(typed)).toBe(micros)
})

it('takes nothing for no limit', () => {
  expect(parseDollars('  ')).toBeNull()
})

it.each(['two', '-1', '1.2.3', '1,000.00', '1e3', '9999999', '0.0000001', '$'])('refuses %j', (typed) => {
  expect(parseDollars(typed)).toBeUndefined()
})

it.each([
  [2_000_000, '2'],
  [2_500_000, '2.50'],
  [1_234, '0.001234'],
  [0, '0'],
  [null, ''],
])('writes %j so that it reads back', (micros, text) => {
  expect(dollarsOf(micros)).toBe(text)
  expect(parseDollars(text)).toBe(micros)
})
