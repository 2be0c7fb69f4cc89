/** Whether a budget that holds for a thread's next model call is spent. */
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { checkBudget, type OverBudget } from '../decisions/checkBudget.ts'
import { dayOf, monthOf } from '../decisions/spendPeriods.ts'
import type { Budget } from '../validators.ts'
import { findSpend, personScope, threadPeriod } from './addSpend.ts'
import { findUser } from './findRows.ts'

/** `thread` is null for one that does not exist yet. `operator`: what the server allows each person. */
export async function findOverBudget(
  ctx: QueryCtx,
  ownerId: string,
  thread: Doc<'threads'> | null,
  operator: Budget,
  now: number,
): Promise<OverBudget | null> {
  const person = (await findUser(ctx, ownerId))?.preferences?.budget ?? {}
  const threadMicros = thread?.budgetMicros
  const amounts = [
    threadMicros,
    ...[operator, person].flatMap(({ dayMicros, monthMicros }) => [dayMicros, monthMicros]),
  ]
  // Without a budget nothing is read: two threads of a person then do not wait for each other's counting.
  if (amounts.every((amount) => amount === undefined)) return null
  const micros = async (scope: string, period: string) => (await findSpend(ctx, ownerId, scope, period))?.micros ?? 0
  const spent = {
    dayMicros: await micros(personScope, dayOf(now)),
    monthMicros: await micros(personScope, monthOf(now)),
    threadMicros: thread ? await micros(thread._id, threadPeriod) : 0,
  }
  return checkBudget(spent, { operator, person, threadMicros }, now)
}
