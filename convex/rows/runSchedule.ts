/** A turn of a schedule: at its time, or because somebody wants it now. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { logDecision } from '../log.ts'
import { findMessage, findTurnOfMessage } from './findRows.ts'
import { requireSchedule } from './scheduleView.ts'
import { startContinuation } from './startContinuation.ts'

/** The id of its input's message. `what` names this run of it: a time, or a click. */
const inputIdOf = (schedule: Doc<'schedules'>, what: string) => `schedule:${schedule._id}:${what}`

export async function runSchedule(
  ctx: MutationCtx,
  schedule: Doc<'schedules'>,
  thread: Doc<'threads'>,
  run: { what: string; due?: { at: number; missed: number } },
  now: number,
): Promise<Doc<'turns'>> {
  const turn = await startContinuation(
    ctx,
    {
      ownerId: schedule.ownerId,
      thread: thread._id,
      branch: thread.branch ?? 'main',
      cause: 'schedule',
      messageId: inputIdOf(schedule, run.what),
      text: schedule.prompt,
      schedule: schedule._id,
      ...(run.due ? { due: run.due } : {}),
    },
    now,
  )
  const lateMs = run.due ? now - run.due.at : undefined
  const lastMissed = run.due && run.due.missed > 0 ? run.due.missed : undefined
  await ctx.db.patch(schedule._id, { runs: schedule.runs + 1, lastAt: now, lastLateMs: lateMs, lastMissed })
  return turn
}

/** The input of a turn of this schedule that has not begun: there need not be a second. */
export async function findWaitingRun(ctx: MutationCtx, schedule: Doc<'schedules'>): Promise<Doc<'messages'> | null> {
  const pending = ctx.db
    .query('turns')
    .withIndex('by_thread_state', (q) => q.eq('thread', schedule.thread).eq('state', 'pending'))
  for await (const turn of pending) {
    if (turn.cause !== 'schedule') continue
    const input = await ctx.db.get(turn.inputMessage)
    if (input?.schedule === schedule._id) return input
  }
  return null
}

/**
 * Run it now; its own time stays what it was. `id` names the click: the same again is answered with the turn it has made.
 * `waiting`: a turn of it waits in the queue already.
 */
export async function runScheduleNow(
  ctx: MutationCtx,
  { ownerId, key, id }: { ownerId: string; key: string; id: string },
  now: number,
): Promise<{ kind: 'started' | 'queued' | 'waiting'; turnId: Id<'turns'> }> {
  const schedule = await requireSchedule(ctx, ownerId, key)
  const thread = await ctx.db.get(schedule.thread)
  if (!thread) throw new ConvexError(chatErrorData('schedule-not-found'))
  const known = (await findMessage(ctx, ownerId, inputIdOf(schedule, id))) ?? (await findWaitingRun(ctx, schedule))
  const before = known && (await findTurnOfMessage(ctx, known))
  const turn = before ?? (await runSchedule(ctx, schedule, thread, { what: id }, now))
  const kind = turn.state !== 'pending' ? 'started' : before ? 'waiting' : 'queued'
  logDecision('schedules.runNow', { ownerId, scheduleId: schedule._id, turnId: turn._id, result: kind })
  return { kind, turnId: turn._id }
}
