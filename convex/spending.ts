/** What a person has spent on models. */
import { v } from 'convex/values'
import { personQuery } from './asPerson.ts'
import { dayOf, monthOf, nextDay, nextMonth } from './decisions/spendPeriods.ts'
import { personScope } from './rows/addSpend.ts'
import { findUser } from './rows/findRows.ts'
import { budgetValidator } from './validators.ts'

/** A month's row and those of its days. */
const rowsOfMonth = 32

export const summary = personQuery({
  args: {},
  returns: v.object({
    dayMicros: v.number(),
    monthMicros: v.number(),
    /** The person's own; what the operator allows is not known here. */
    budget: budgetValidator,
    /** The next day and month of UTC begin (ms). */
    dayResetsAt: v.number(),
    monthResetsAt: v.number(),
  }),
  handler: async (ctx) => {
    const now = Date.now()
    // A range, not two rows: so the first spending of a new day is noticed by a query that was asked the day before.
    const rows = await ctx.db
      .query('spend')
      .withIndex('by_owner', (q) => q.eq('ownerId', ctx.ownerId).eq('scope', personScope).gte('period', monthOf(now)))
      .take(rowsOfMonth)
    const microsOf = (period: string) => rows.find((row) => row.period === period)?.micros ?? 0
    const user = await findUser(ctx, ctx.ownerId)
    return {
      dayMicros: microsOf(dayOf(now)),
      monthMicros: microsOf(monthOf(now)),
      budget: user?.preferences?.budget ?? {},
      dayResetsAt: nextDay(now),
      monthResetsAt: nextMonth(now),
    }
  },
})
