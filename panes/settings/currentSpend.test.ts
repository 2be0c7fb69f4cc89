import { expect, it } from 'vitest'
import { currentSpend, shareOf } from './currentSpend.ts'

const at = (iso: string) => Date.parse(iso)
const summary = {
  dayMicros: 300,
  monthMicros: 900,
  dayResetsAt: at('2026-12-01T00:00Z'),
  monthResetsAt: at('2026-12-01T00:00Z'),
  budget: { dayMicros: 1000 },
}

it('shows what was spent, against the lower of the two limits', () => {
  const { day, month } = currentSpend(summary, { dayMicros: 5000, monthMicros: 1200 }, at('2026-11-30T23:59Z'))
  expect(day).toMatchObject({ spentMicros: 300, limitMicros: 1000, by: 'yours' })
  expect(month).toMatchObject({ spentMicros: 900, limitMicros: 1200, by: 'servers' })
  expect(currentSpend(summary, { dayMicros: 500 }, 0).day).toMatchObject({ limitMicros: 500, by: 'servers' })
})

it('has spent nothing of a day and a month that began while the page was open', () => {
  const { day, month } = currentSpend(summary, {}, at('2026-12-01T00:00Z'))
  expect(day).toMatchObject({ spentMicros: 0, resetsAt: at('2026-12-02T00:00Z') })
  expect(month).toMatchObject({ spentMicros: 0, limitMicros: null, resetsAt: at('2027-01-01T00:00Z') })
})

it('fills the bar no further than its end, and all of it where nothing may be spent', () => {
  expect(shareOf({ spentMicros: 5, limitMicros: 10 })).toBe(0.5)
  expect(shareOf({ spentMicros: 50, limitMicros: 10 })).toBe(1)
  expect(shareOf({ spentMicros: 0, limitMicros: 0 })).toBe(1)
  expect(shareOf({ spentMicros: 50, limitMicros: null })).toBe(0)
})
