import { describe, expect, it } from 'vitest'
import { convertTime } from './convertTime.ts'
import { currentTime } from './currentTime.ts'
import { toolContext } from './test/toolContext.ts'

const at = Date.UTC(2026, 0, 2, 3, 4, 5)

describe('the current time', () => {
  it('is told in a time zone, or where the person is', async () => {
    expect(await currentTime.run({ timeZone: 'Asia/Tokyo' }, toolContext({ now: () => at }))).toEqual({
      timeZone: 'Asia/Tokyo',
      iso: '2026-01-02T03:04:05.000Z',
      text: expect.stringContaining('12:04:05'),
    })
    expect(await currentTime.run({}, toolContext({ timeZone: 'UTC' }))).toMatchObject({ timeZone: 'UTC' })
    expect(await currentTime.run({}, toolContext())).toMatchObject({ timeZone: 'Europe/Berlin' })
    expect(currentTime.summarize({})).toBe('Look up the time.')
  })

  it('is not told in a zone that does not exist', async () => {
    for (const timeZone of ['Mars/Olympus', '', '../../etc/passwd', 'x'.repeat(1_000)]) {
      await expect(currentTime.run({ timeZone }, toolContext()), timeZone).rejects.toThrow(/timeZone/)
    }
  })
})

describe('a converted time', () => {
  const convert = (time: string, from: string, to: string) =>
    convertTime.run({ time, from, to }, toolContext({ now: () => at }))

  it.each([
    ['2026-07-01T09:00', 'America/New_York', 'Europe/Paris', '2026-07-01T15:00'],
    // America changes its clocks three weeks before Europe.
    ['2026-03-20T09:00', 'America/New_York', 'Europe/Paris', '2026-03-20T14:00'],
    ['2026-07-01 23:30', 'America/Los_Angeles', 'Asia/Kathmandu', '2026-07-02T12:15'],
    ['2026-01-01T00:00:00', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', '2025-12-30T23:00'],
    ['9:05', 'Asia/Tokyo', 'UTC', '2026-01-02T00:05'],
  ])('%s in %s is in %s %s', async (time, from, to, local) => {
    const converted = await convert(time, from, to)
    expect(converted).toMatchObject({ to: { timeZone: to, local }, utc: expect.stringMatching(/Z$/) })
    expect(converted).not.toHaveProperty('note')
  })

  it('without a date is today where it is told', async () => {
    // At 03:04 UTC it is still the first in New York.
    expect(await convert('20:00', 'America/New_York', 'UTC')).toMatchObject({ utc: '2026-01-02T01:00:00.000Z' })
  })

  it.each([
    ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
    ['2026-11-01T01:00', 'America/New_York', '2026-11-01T05:00:00.000Z', '2026-11-01T06:00:00.000Z'],
  ])('that comes twice is told twice: %s in %s', async (time, from, first, second) => {
    expect(await convert(time, from, 'UTC')).toMatchObject({
      utc: first,
      second: { utc: second },
      note: expect.stringContaining('twice'),
    })
  })

  it('that is skipped is said to be', async () => {
    expect(await convert('2026-03-29T02:30', 'Europe/Paris', 'UTC')).toMatchObject({
      from: { local: '2026-03-29T03:30' },
      utc: '2026-03-29T01:30:00.000Z',
      note: expect.stringContaining('does not exist'),
    })
  })

  it.each([
    ['2026-02-30T09:00', 'UTC', 'UTC', 'no date and time'],
    ['25:00', 'UTC', 'UTC', 'no date and time'],
    ['tomorrow', 'UTC', 'UTC', 'must be 09:00 or'],
    ['09:00', 'Mars', 'UTC', 'from: must be'],
    ['09:00', 'UTC', '+02:00', 'to: must be'],
  ])('%s from %s to %s is refused', async (time, from, to, words) => {
    await expect(convert(time, from, to)).rejects.toThrow(words)
  })
})
