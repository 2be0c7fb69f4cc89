/** Counts a model call that no ledger knows, a title's or a summary's: it was paid whether its result is kept or not. */
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { monthOf } from '../decisions/spendPeriods.ts'
import type { Spend } from '../validators.ts'
import { addSpend, findSpend, personScope } from './addSpend.ts'
import { findUser } from './findRows.ts'

export interface PaidCall {
  ownerId: string
  /** Null: it is gone meanwhile. The money is spent all the same. */
  thread: Id<'threads'> | null
  spend: Spend
  /** Names the call. An older worker names none. */
  call: string | undefined
}

/** Calls of one person that are remembered. A repeat comes within seconds, when an answer of ours was lost. */
const remembered = 20

/** Once a call, however often its result is brought. */
export async function countAside(ctx: MutationCtx, { ownerId, thread, spend, call }: PaidCall, now: number) {
  // Nothing of a person whose account is gone is written anew.
  if ((await findUser(ctx, ownerId))?.deleted) return
  const findMonth = () => findSpend(ctx, ownerId, personScope, monthOf(now))
  const counted = (await findMonth())?.counted ?? []
  if (call !== undefined && counted.includes(call)) return
  await addSpend(ctx, { ownerId, thread }, spend, now)
  const month = call === undefined ? null : await findMonth()
  if (month && call !== undefined) await ctx.db.patch(month._id, { counted: [...counted, call].slice(-remembered) })
}
