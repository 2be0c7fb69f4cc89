/** Whether a model may still be called: the operator's budget, the person's own and the thread's, against what was spent. */
import { formatMicros } from '../../lib/chat/formatMicros.ts'
import type { Budget } from '../validators.ts'
import { nextDay, nextMonth } from './spendPeriods.ts'

export interface Spent {
  dayMicros: number
  monthMicros: number
  threadMicros: number
}

export interface Budgets {
  /** Of this server, for each person. */
  operator: Budget
  /** The person's own. */
  person: Budget
  threadMicros?: number | undefined
}

export interface OverBudget {
  code: 'budget-spent' | 'thread-budget-spent'
  message: string
  /** When it works again (ms). Absent: not by itself. */
  retryAt?: number
}

interface Limit {
  micros: number | undefined
  spent: number
  retryAt: number
  words: string
}

/** A thread's comes first: it does not come back by itself. Of the others the one that lasts longest: only then it works again. */
export function checkBudget(spent: Spent, budgets: Budgets, now: number): OverBudget | null {
  const { operator, person, threadMicros } = budgets
  if (threadMicros !== undefined && spent.threadMicros >= threadMicros) {
    return { code: 'thread-budget-spent', message: `The budget of this chat, ${formatMicros(threadMicros)}, is spent.` }
  }
  const day = { spent: spent.dayMicros, retryAt: nextDay(now) }
  const month = { spent: spent.monthMicros, retryAt: nextMonth(now) }
  const limits: Limit[] = [
    { ...month, micros: operator.monthMicros, words: 'What this server allows a person in a month' },
    { ...month, micros: person.monthMicros, words: 'Your budget for this month' },
    { ...day, micros: operator.dayMicros, words: 'What this server allows a person in a day' },
    { ...day, micros: person.dayMicros, words: 'Your budget for today' },
  ]
  const over = limits.find((limit) => limit.micros !== undefined && limit.spent >= limit.micros)
  if (over?.micros === undefined) return null
  return {
    code: 'budget-spent',
    message: `${over.words}, ${formatMicros(over.micros)}, is spent.`,
    retryAt: over.retryAt,
  }
}
