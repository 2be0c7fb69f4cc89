import { expect, it } from 'vitest'
import { taskOf } from './scheduleFixtures.ts'
import { lastWords, momentIn, roundedDuration, ruleWords, timeWords } from './scheduleWords.ts'

const now = Date.parse('2026-11-23T10:00Z')
const at = Date.parse('2026-11-24T00:00Z')

it('tells a time in the zone of the task, and in one’s own where the clocks differ', () => {
  expect(timeWords(at, 'Asia/Tokyo', 'Europe/Paris', now, 'en-GB')).toBe(
    'Tue 24 Nov, 09:00 (Asia/Tokyo) · Tue 24 Nov, 01:00 your time',
  )
  expect(timeWords(at, 'Europe/Berlin', 'Europe/Paris', now, 'en-GB')).toBe('Tue 24 Nov, 01:00 (Europe/Berlin)')
})

it('shows a task in a zone that this browser does not know', () => {
  expect(timeWords(at, 'Mars/Olympus', 'UTC', now, 'en-GB')).toBe('Tue 24 Nov, 00:00')
  expect(ruleWords({ kind: 'cron', cron: '0 9 * * *' }, 'Mars/Olympus', now)).toBe('0 9 * * * (Mars/Olympus)')
})

it('names the year only when it is another one', () => {
  expect(momentIn(Date.parse('2027-01-02T08:00Z'), 'UTC', now, 'en-GB')).toContain('2027')
  expect(momentIn(at, 'UTC', now, 'en-GB')).not.toContain('2026')
})

it('says that the last run was late and what was left out, and neither when it was not so', () => {
  const lastAt = Date.parse('2026-11-23T09:00Z')
  const words = (over: object) => lastWords(taskOf({ lastAt, ...over }), 'UTC', now, 'en-GB')
  expect(words({ lastLateMs: 7_200_000, lastMissed: 3 })).toBe(
    'Last run: Mon 23 Nov, 09:00; ran 2 h late; 3 earlier runs were left out',
  )
  expect(words({ lastLateMs: 900 })).toBe('Last run: Mon 23 Nov, 09:00')
  expect(lastWords(taskOf({}), 'UTC', now)).toBe('Has not run yet')
})

it.each([
  [61_000, '1 min'],
  [59 * 60_000, '59 min'],
  [7_200_000, '2 h'],
  [7_500_000, '2 h 5 min'],
  [3 * 86_400_000, '3 days'],
])('says %i ms as %s', (ms, words) => {
  expect(roundedDuration(ms)).toBe(words)
})
