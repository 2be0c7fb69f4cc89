/** What the operator allows each person to spend, as the database takes it. */
import type { Budget } from '../../convex/validators.ts'
import type { Env } from '../env.ts'

export function operatorBudget({
  BUDGET_DAY_USD: dayMicros,
  BUDGET_MONTH_USD: monthMicros,
}: Pick<Env, 'BUDGET_DAY_USD' | 'BUDGET_MONTH_USD'>): Budget {
  return { ...(dayMicros === undefined ? {} : { dayMicros }), ...(monthMicros === undefined ? {} : { monthMicros }) }
}
