/** Deleting a thread for good: what people see is gone at once, its rows go in batches behind the scenes. */
import { internal } from '../_generated/api.js'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { findSpend, threadPeriod } from './addSpend.ts'
import { revokeShare } from './saveShare.ts'
import { endTurn } from './settleTurn.ts'

export async function removeThread(ctx: MutationCtx, thread: Doc<'threads'>, now: number): Promise<void> {
  const running = thread.runningTurn ? await ctx.db.get(thread.runningTurn) : null
  // Its worker is told by the epoch, like at any stop. Nothing is handed on.
  if (running) await endTurn(ctx, running, { kind: 'cancelled' }, now)
  // What it cost stays in the person's day and month.
  const spent = await findSpend(ctx, thread.ownerId, thread._id, threadPeriod)
  if (spent) await ctx.db.delete(spent._id)
  // What was to be done in it later: a person has at most 100.
  const schedules = ctx.db.query('schedules').withIndex('by_thread', (q) => q.eq('thread', thread._id))
  for (const schedule of await schedules.collect()) await ctx.db.delete(schedule._id)
  await revokeShare(ctx, thread)
  await ctx.db.delete(thread._id)
  // As of when the person deleted it: what they wrote later, and only it, is told to them.
  const { ownerId, threadId, removed } = thread
  await ctx.db.insert('removedThreads', { ownerId, threadId, at: removed?.at ?? now })
  await ctx.scheduler.runAfter(0, internal.removal.ofThread, { thread: thread._id })
}
