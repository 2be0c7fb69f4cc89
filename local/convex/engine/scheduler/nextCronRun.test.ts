/** When crons come due. */
import { expect, it } from 'vitest'
import { nextCronRun, parseCron } from './nextCronRun.ts'

const at = (text: string) => Date.parse(text)
it.each([
  [{ type: 'hourly', minuteUTC: 5 }, '2026-03-01T10:05:00Z', '2026-03-01T11:05:00Z'],
  [{ type: 'daily', hourUTC: 0, minuteUTC: 30 }, '2026-12-31T23:59:00Z', '2027-01-01T00:30:00Z'],
  [{ type: 'weekly', dayOfWeek: 'monday', hourUTC: 6, minuteUTC: 0 }, '2026-03-04T00:00:00Z', '2026-03-09T06:00:00Z'],
  [{ type: 'monthly', day: 31, hourUTC: 1, minuteUTC: 0 }, '2026-04-01T00:00:00Z', '2026-05-31T01:00:00Z'],
  [{ type: 'cron', cron: '*/15 9-17 * * mon-fri' }, '2026-03-06T17:45:00Z', '2026-03-09T09:00:00Z'],
  [{ type: 'cron', cron: '0 0 29 2 *' }, '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
  [{ type: 'cron', cron: '0 12 1 * 0' }, '2026-03-01T12:00:00Z', '2026-03-08T12:00:00Z'],
  [{ type: 'cron', cron: '30 4 * * 7' }, '2026-03-02T00:00:00Z', '2026-03-08T04:30:00Z'],
])('[SC8] %j after %s comes due at %s', (schedule, after, due) => {
  expect(new Date(nextCronRun(schedule, at(after), null)).toISOString()).toBe(new Date(at(due)).toISOString())
})

it('[SC8] a cron text that makes no sense is refused', () => {
  for (const text of ['* * * *', '60 * * * *', '* * * * blue', '*/0 * * * *', ''])
    expect(() => parseCron(text)).toThrow(/cron/)
})
