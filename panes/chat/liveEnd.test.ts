import { expect, test } from 'vitest'
import { findLiveEnd, isPrepended, shortenLiveEnd } from './liveEnd.ts'

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ messageId: `m${from + index}` }))

test('what is shown first is all live; what is loaded above it is history', () => {
  expect(findLiveEnd(rows(80, 100), null)).toBe(0)
  expect(findLiveEnd(rows(50, 100), 'm80')).toBe(30)
})

test('when the message it began with is gone, the newest are the live end', () => {
  expect(findLiveEnd(rows(0, 100), 'gone')).toBe(80)
  expect(findLiveEnd(rows(0, 5), 'gone')).toBe(0)
})

test('a live end that has grown long is cut to the newest, a short one is left alone', () => {
  expect(shortenLiveEnd(rows(0, 100), 40)).toBeNull()
  expect(shortenLiveEnd(rows(0, 101), 40)).toBe(81)
})

test('messages above the first are told apart from any other change', () => {
  expect(isPrepended(rows(20, 40), rows(0, 40))).toBe(true)
  expect(isPrepended([], rows(0, 20))).toBe(true)
  expect(isPrepended(rows(0, 20), rows(0, 40))).toBe(false)
  expect(isPrepended(rows(20, 40), rows(0, 60))).toBe(false)
  expect(isPrepended(rows(0, 40), rows(20, 40))).toBe(false)
  expect(isPrepended(rows(0, 20), rows(0, 20))).toBe(false)
})
