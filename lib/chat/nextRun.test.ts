import { describe, expect, test } from 'vitest'
import { checkRule, tidyRule } from './checkRule.ts'
import { describeRule } from './describeRule.ts'
import { nextRun, nextRuns } from './nextRun.ts'
import { instantOf, isTimeZone, localOf } from './zonedTime.ts'

const cron = (text: string) => ({ kind: 'cron' as const, cron: text })
const runs = (rule: string, zone: string, after: string, most: number) =>
  nextRuns(cron(rule), zone, Date.parse(after), most).map((at) => new Date(at).toISOString().slice(0, 16))

describe('when a rule is due next', () => {
  test('a single time is due once, strictly after', () => {
    expect(nextRun({ kind: 'once', at: 100 }, 'UTC', 99)).toBe(100)
    expect(nextRun({ kind: 'once', at: 100 }, 'UTC', 100)).toBeNull()
  })

  test('the next time is strictly after the moment asked about, to the millisecond', () => {
    const nine = Date.parse('2026-11-24T09:00:00Z')
    expect(nextRun(cron('0 9 * * *'), 'UTC', nine - 1)).toBe(nine)
    expect(nextRun(cron('0 9 * * *'), 'UTC', nine)).toBe(nine + 24 * 3_600_000)
    expect(nextRun(cron('0 9 * * *'), 'UTC', nine + 1)).toBe(nine + 24 * 3_600_000)
  })

  test('nine in the morning stays nine in the morning when the clocks change', () => {
    expect(runs('0 9 * * *', 'Europe/Berlin', '2026-03-28T00:00Z', 2)).toEqual(['2026-03-28T08:00', '2026-03-29T07:00'])
    expect(runs('0 9 * * *', 'Europe/Berlin', '2026-10-24T00:00Z', 2)).toEqual(['2026-10-24T07:00', '2026-10-25T08:00'])
    expect(runs('0 9 * * *', 'America/New_York', '2026-03-07T00:00Z', 2)).toEqual([
      '2026-03-07T14:00',
      '2026-03-08T13:00',
    ])
    expect(runs('0 9 * * *', 'America/New_York', '2026-10-31T00:00Z', 2)).toEqual([
      '2026-10-31T13:00',
      '2026-11-01T14:00',
    ])
  })

  test('a time that the clocks skip runs at the first moment after the gap, on the same day', () => {
    expect(runs('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ])
    expect(runs('30 2 * * *', 'America/New_York', '2026-03-07T12:00Z', 2)).toEqual([
      '2026-03-08T07:00',
      '2026-03-09T06:30',
    ])
    // Lord Howe jumps half an hour, from 02:00 to 02:30.
    expect(runs('15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T00:00Z', 2)).toEqual([
      '2026-10-03T15:30',
      '2026-10-04T15:15',
    ])
    expect(runs('0,30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:00',
    ])
  })

  test('a time that comes twice runs at the first of the two', () => {
    expect(runs('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ])
    expect(runs('30 1,14 * * *', 'America/New_York', '2026-11-01T00:00Z', 3)).toEqual([
      '2026-11-01T05:30',
      '2026-11-01T19:30',
      '2026-11-02T06:30',
    ])
    expect(runs('45 1 * * *', 'Australia/Lord_Howe', '2026-04-04T00:00Z', 3)).toEqual([
      '2026-04-04T14:45',
      '2026-04-05T15:15',
      '2026-04-06T15:15',
    ])
  })

  test('what runs by the hour keeps its rhythm through both changes', () => {
    expect(runs('30 * * * *', 'Europe/Berlin', '2026-10-24T23:00Z', 4)).toEqual([
      '2026-10-24T23:30',
      '2026-10-25T00:30',
      '2026-10-25T01:30',
      '2026-10-25T02:30',
    ])
    expect(runs('30 * * * *', 'Europe/Berlin', '2026-03-29T00:00Z', 3)).toEqual([
      '2026-03-29T00:30',
      '2026-03-29T01:30',
      '2026-03-29T02:30',
    ])
  })

  test('asked from within the hour that comes twice, it does not run again', () => {
    expect(runs('30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30Z', 1)).toEqual(['2026-10-26T01:30'])
    expect(runs('30 2 * * *', 'Europe/Berlin', '2026-10-25T01:00Z', 1)).toEqual(['2026-10-26T01:30'])
  })

  test('months without the day are left out, leap days come when they come, and the last day is the last day', () => {
    expect(runs('0 9 31 * *', 'UTC', '2026-04-01T00:00Z', 3)).toEqual([
      '2026-05-31T09:00',
      '2026-07-31T09:00',
      '2026-08-31T09:00',
    ])
    expect(runs('0 9 29 2 *', 'UTC', '2026-01-01T00:00Z', 2)).toEqual(['2028-02-29T09:00', '2032-02-29T09:00'])
    expect(runs('0 9 29 2 *', 'UTC', '2096-03-01T00:00Z', 1)).toEqual(['2104-02-29T09:00'])
    expect(runs('0 9 L * *', 'UTC', '2027-02-01T00:00Z', 3)).toEqual([
      '2027-02-28T09:00',
      '2027-03-31T09:00',
      '2027-04-30T09:00',
    ])
    expect(nextRun(cron('0 9 30 2 *'), 'UTC', 0)).toBeNull()
  })

  test('a hundred years of days in Berlin: one run each, at nine by the local clock', () => {
    let at = Date.parse('2026-01-01T00:00Z')
    for (let day = 0; day < 36_525; day += 61) {
      at = nextRun(cron('0 9 * * *'), 'Europe/Berlin', at) ?? Number.NaN
      expect(localOf(at, 'Europe/Berlin').slice(11)).toBe('09:00:00')
      at += 60 * 24 * 3_600_000
    }
    expect(new Date(at).getUTCFullYear()).toBe(2125)
  })
})

describe('a rule is refused with a reason', () => {
  const now = Date.parse('2026-11-23T10:00Z')
  const why = (rule: string, zone = 'UTC') => checkRule(cron(rule), zone, now)

  test.each(['0 9 * * 1-5', '*/5 * * * *', '0 9 L * *', '0 9 * * MON#2', '  0   9 1,15 * * ', '0 9 29 2 *'])(
    '%j may be',
    (rule) => expect(why(rule)).toBeNull(),
  )

  test.each([
    ['* * * * *', 'more often than every 5 minutes'],
    ['*/4 * * * *', 'more often'],
    ['0,58 9,10 * * *', 'more often'],
    ['58,0 0,23 1,2 1 *', 'more often'],
    ['0 9 30 2 *', 'never'],
    ['0 9 * *', 'five cron fields'],
    ['0 0 9 * * *', 'five cron fields'],
    ['0 9 * * * 2027', 'five cron fields'],
    ['@daily', 'five cron fields'],
    ['2026-11-24T09:00:00', 'five cron fields'],
    ['0 9 * * ?', 'five cron fields'],
    [`${'1,'.repeat(60)}1 9 * * *`, 'five cron fields'],
    ['61 9 * * *', 'cannot be read'],
    ['0 9 * * monday', 'cannot be read'],
    ['0 9 * * 5-1', 'cannot be read'],
    ['a b c d e', 'cannot be read'],
    ['', 'five cron fields'],
  ])('%j may not: %s', (rule, reason) => expect(why(rule)).toContain(reason))

  test('a zone is an IANA name, nothing else', () => {
    for (const zone of ['Europe/Paris', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])
      expect(isTimeZone(zone), zone).toBe(true)
    for (const zone of ['+02:00', 'Mars/Olympus', '', 'Europe/Paris ', '../UTC', 'x'.repeat(65)])
      expect(isTimeZone(zone), zone).toBe(false)
    expect(why('0 9 * * *', 'Nowhere')).toContain('time zone')
  })

  test('a single time lies ahead, but not for ever', () => {
    const once = (at: number) => checkRule({ kind: 'once', at }, 'UTC', now)
    expect(once(now + 1)).toBeNull()
    expect(once(now)).toContain('passed')
    expect(once(now + 11 * 366 * 24 * 3_600_000)).toContain('years ahead')
    expect(once(Number.NaN)).toContain('not a time')
  })

  test('spaces between fields do not make another rule', () => {
    expect(tidyRule(cron('  0  9 *\t* * '))).toEqual(cron('0 9 * * *'))
  })
})

describe('a rule in words', () => {
  test.each([
    ['0 9 * * 1-5', 'every weekday at 09:00 (Europe/Paris)'],
    ['0 9 * * MON-FRI', 'every weekday at 09:00 (Europe/Paris)'],
    ['30 8 * * *', 'every day at 08:30 (Europe/Paris)'],
    ['0 9,17 * * *', 'every day at 09:00 and 17:00 (Europe/Paris)'],
    ['0 10 * * 0,6', 'every Saturday and Sunday at 10:00 (Europe/Paris)'],
    ['0 10 * * 7', 'every Sunday at 10:00 (Europe/Paris)'],
    ['0 10 * * mon,wed,fri', 'every Monday, Wednesday and Friday at 10:00 (Europe/Paris)'],
    ['0 7 1,22 * *', 'on the 1st and 22nd of every month at 07:00 (Europe/Paris)'],
    ['0 7 31 * *', 'on the 31st of every month that has it at 07:00 (Europe/Paris)'],
    ['0 7 L * *', 'on the last day of every month at 07:00 (Europe/Paris)'],
    ['0 7 24 dec *', 'every year on 24 December at 07:00 (Europe/Paris)'],
    ['0 * * * *', 'every hour (Europe/Paris)'],
    ['15 * * * *', 'every hour, 15 minutes past the hour (Europe/Paris)'],
    ['*/10 * * * *', 'every 10 minutes (Europe/Paris)'],
    ['0 */6 * * *', 'every 6 hours (Europe/Paris)'],
  ])('%s is %s', (rule, words) => expect(describeRule(cron(rule), 'Europe/Paris', 0)).toBe(words))

  test('an uncommon one is shown as it is, with its next three times', () => {
    const words = describeRule(cron('0 9 * * 5#2'), 'Europe/Paris', Date.parse('2026-11-23T10:00Z'))
    expect(words).toBe(
      'by the cron rule “0 9 * * 5#2” (Europe/Paris), next Friday 11 December 2026, 09:00, ' +
        'Friday 8 January 2027, 09:00 then Friday 12 February 2027, 09:00',
    )
  })

  test.each(['0 9 1 * 1', '*/7 * * * *', '0 */5 * * *', '5-59/10 9 * * *', '0 9-17 * * 1-5'])(
    '%s has no common words, and none are made up',
    (rule) => expect(describeRule(cron(rule), 'UTC', 0)).toContain('cron'),
  )

  test('a single time is told in its own zone', () => {
    const at = Date.parse('2026-11-24T08:00Z')
    expect(describeRule({ kind: 'once', at }, 'Europe/Paris')).toBe(
      'once, on Tuesday 24 November 2026, 09:00 (Europe/Paris)',
    )
  })
})

describe('what the clocks show, and when', () => {
  const at = (local: string, zone: string) => {
    const instant = instantOf(local, zone)
    return instant === null ? null : new Date(instant).toISOString()
  }

  test('an ordinary time is found again from the moment it names, in zones of every kind', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])
      for (const local of ['2026-01-15T09:00:00', '2026-07-15T23:59:59', '2028-02-29T00:00:00', '2031-12-31T12:30:00'])
        expect(localOf(instantOf(local, zone) ?? 0, zone)).toBe(local)
  })

  test('a time that is skipped is as much later as the clocks jump, one that comes twice is the first', () => {
    expect(at('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
    expect(at('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
    expect(at('2026-10-04T02:15', 'Australia/Lord_Howe')).toBe('2026-10-03T15:45:00.000Z')
    expect(at('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(at('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
    expect(at('2026-04-05T01:45', 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00.000Z')
  })

  test('the minutes right at a change belong to their own side', () => {
    expect(at('2026-03-29T01:59:59', 'Europe/Berlin')).toBe('2026-03-29T00:59:59.000Z')
    expect(at('2026-03-29T03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z')
    expect(at('2026-10-25T03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z')
  })

  test.each([
    '2026-02-30T09:00',
    '2026-13-01T09:00',
    '2026-11-24T24:00',
    '2026-11-24',
    'tomorrow',
    '2026-11-24T09:00Z',
    '',
  ])('%j is no local time', (text) => expect(instantOf(text, 'UTC')).toBeNull())
})
