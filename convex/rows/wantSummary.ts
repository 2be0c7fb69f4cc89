/** A thread that has grown past what one prompt holds gets a summary of its older part, off the path of any reply. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { readInspection } from '../decisions/readInspection.ts'
import { owe } from '../owe.ts'
import { findStep } from './findRows.ts'

/** A summary that failed is asked for again ten turns later, but not while it may still be under way. */
const patienceSettled = 20

export interface WantedSummary {
  ownerId: string
  threadId: string
  branch: string
  uptoSettled: number
}

/** What was read for this turn's prompt says whether one is due: nothing is counted again. */
export async function wantSummary(ctx: MutationCtx, turn: Doc<'turns'>, now: number): Promise<void> {
  const prepared = (await findStep(ctx, turn._id, 'prepare'))?.result
  const noted = prepared?.kind === 'plain' ? readInspection(prepared.value) : null
  const thread = await ctx.db.get(turn.thread)
  if (!thread || !noted || noted.fold === null) return
  const { fold, summary } = noted
  const asked = thread.summaryWantedAt
  const isAnswered = asked === undefined || (summary !== null && summary.uptoSettled >= asked)
  // On another branch the place may be an earlier one: that is a summary of its own.
  if (!isAnswered && fold >= asked && fold < asked + patienceSettled) return
  await ctx.db.patch(thread._id, { summaryWantedAt: fold })
  const { ownerId, threadId } = thread
  await oweSummary(ctx, { ownerId, threadId, branch: turn.branch, uptoSettled: fold }, 0, now)
}

/** `from`: where the last summary ends; not named for the first. */
export async function oweSummary(ctx: MutationCtx, wanted: WantedSummary, from: number, now: number): Promise<void> {
  const { ownerId, threadId, branch, uptoSettled } = wanted
  // Thread ids are unique per owner only.
  const eventId = `summary:${ownerId}:${threadId}:${branch}:${uptoSettled}${from > 0 ? `:${from}` : ''}`
  await owe(ctx, { eventId, name: 'chat/summary.wanted', data: { ...wanted } }, now)
}
