import { expect, it } from 'vitest'
import { countdownWords, momentWords, tickOf } from './countdownWords.ts'

const now = new Date(2026, 10, 23, 10, 40).getTime()
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

it('counts minutes and seconds within an hour, never a second too few', () => {
  expect(countdownWords(now + 298 * SECOND, now)).toBe('in 4:58')
  expect(countdownWords(now + 297_001, now)).toBe('in 4:58')
  expect(countdownWords(now + 9 * SECOND, now)).toBe('in 0:09')
  expect(countdownWords(now + HOUR - 1, now)).toBe('in 60:00')
})

it('counts hours and minutes within a day', () => {
  expect(countdownWords(now + HOUR, now)).toBe('in 1 h')
  expect(countdownWords(now + 3 * HOUR + 20 * MINUTE, now)).toBe('in 3 h 20 min')
})

it('names the day and the time from a day on', () => {
  const at = new Date(2026, 10, 24, 10, 40).getTime()
  expect(countdownWords(at, now, 'en-GB')).toBe('on Tue 24 Nov at 10:40')
})

it('says that it is about to happen when the time has come and nothing has been heard yet', () => {
  expect(countdownWords(now, now)).toBe('any moment')
  expect(countdownWords(now - HOUR, now)).toBe('any moment')
})

it('gives the time alone for today, and the date with it for any other day', () => {
  expect(momentWords(new Date(2026, 10, 23, 14, 5).getTime(), now, 'en-GB')).toBe('14:05')
  expect(momentWords(new Date(2026, 10, 24, 0, 5).getTime(), now, 'en-GB')).toBe('Tue 24 Nov, 00:05')
  expect(momentWords(new Date(2026, 10, 22, 23, 59).getTime(), now, 'en-GB')).toBe('Sun 22 Nov, 23:59')
})

it('ticks each second only once seconds are shown', () => {
  expect(tickOf(now + 30 * MINUTE, now)).toBe(SECOND)
  expect(tickOf(now + 5 * HOUR, now)).toBe(30 * SECOND)
})
