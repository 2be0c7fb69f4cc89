import { describe, expect, it } from 'vitest'
import { type Budgets, checkBudget } from './checkBudget.ts'
import { dayOf, monthOf, nextDay, nextMonth } from './spendPeriods.ts'

const now = Date.UTC(2026, 10, 23, 10, 30)
const tomorrow = Date.UTC(2026, 10, 24)
const december = Date.UTC(2026, 11, 1)
const spent = { dayMicros: 500_000, monthMicros: 2_000_000, threadMicros: 100_000 }
const check = (budgets: Partial<Budgets>) => checkBudget(spent, { operator: {}, person: {}, ...budgets }, now)

describe('the budget', () => {
  it('of nobody limits nothing', () => {
    expect(check({})).toBeNull()
  })

  it('is spent when as much is spent as it holds, and not before', () => {
    expect(check({ person: { dayMicros: 500_001 } })).toBeNull()
    expect(check({ person: { dayMicros: 500_000 } })).toEqual({
      code: 'budget-spent',
      message: 'Your budget for today, $0.50, is spent.',
      retryAt: tomorrow,
    })
  })

  it('of nothing allows nothing', () => {
    const none = { dayMicros: 0, monthMicros: 0, threadMicros: 0 }
    expect(checkBudget(none, { operator: {}, person: { dayMicros: 0 } }, now)).toMatchObject({ retryAt: tomorrow })
  })

  it('of the operator counts whatever the person allows themselves', () => {
    const error = check({ operator: { monthMicros: 2_000_000 }, person: { monthMicros: 9_000_000 } })
    expect(error).toMatchObject({ code: 'budget-spent', retryAt: december })
    expect(error?.message).toBe('What this server allows a person in a month, $2.00, is spent.')
  })

  it('that is spent twice names the time when both are over', () => {
    const both = { dayMicros: 1, monthMicros: 1 }
    expect(check({ person: both })?.retryAt).toBe(december)
    expect(check({ person: { dayMicros: 1 }, operator: { monthMicros: 1 } })?.retryAt).toBe(december)
  })

  it('of a thread comes first and names no time: it does not come back by itself', () => {
    const error = check({ threadMicros: 100_000, person: { dayMicros: 1 } })
    expect(error).toEqual({ code: 'thread-budget-spent', message: 'The budget of this chat, $0.10, is spent.' })
  })
})

describe('days and months', () => {
  it('are those of UTC, over the ends of months and years and leap days', () => {
    expect([dayOf(now), monthOf(now)]).toEqual(['2026-11-23', '2026-11'])
    expect(nextDay(Date.UTC(2026, 11, 31, 23, 59, 59, 999))).toBe(Date.UTC(2027, 0, 1))
    expect(nextMonth(Date.UTC(2026, 11, 31))).toBe(Date.UTC(2027, 0, 1))
    expect(nextDay(Date.UTC(2028, 1, 28, 12))).toBe(Date.UTC(2028, 1, 29))
    expect(nextMonth(Date.UTC(2026, 0, 31))).toBe(Date.UTC(2026, 1, 1))
  })
})
