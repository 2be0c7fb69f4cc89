/** A schedule's time has come: its turn starts, and the next time is set and owed, in one transaction. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { decideRing, type Ring } from '../decisions/decideRing.ts'
import { logDecision } from '../log.ts'
import { oweTimer } from './openWait.ts'
import { findWaitingRun, runSchedule } from './runSchedule.ts'

/**
 * If we crash before it commits, nothing has happened and the same ring comes again, by Inngest or the watchdog. After it, the version
 * has risen: the same ring finds it moved on.
 */
export async function ringSchedule(
  ctx: MutationCtx,
  schedule: Doc<'schedules'> | null,
  version: number,
  now: number,
): Promise<Ring> {
  const thread = schedule && (await ctx.db.get(schedule.thread))
  if (schedule && !thread) {
    // Its chat was deleted: it goes too, if the removal has not come to it yet.
    await ctx.db.delete(schedule._id)
    logDecision('schedules.ring', { ownerId: schedule.ownerId, scheduleId: schedule._id, result: 'removed' })
    return { kind: 'moved-on' }
  }
  const isDue = schedule?.nextAt !== undefined && schedule.nextAt <= now
  const waiting = schedule && isDue ? await findWaitingRun(ctx, schedule) : null
  const ring = decideRing(schedule, version, waiting !== null, now)
  if (!schedule || !thread || ring.kind === 'moved-on' || ring.kind === 'early') return ring
  const { kind: result, dueAt, lateMs, missed } = ring
  const due = lateMs > 0 ? { due: { at: dueAt, missed } } : {}
  if (result === 'run') await runSchedule(ctx, schedule, thread, { what: String(dueAt), ...due }, now)
  else await skip(ctx, schedule, waiting, 1 + missed)
  await setNext(ctx, schedule, ring.next, now)
  logDecision('schedules.ring', {
    ownerId: schedule.ownerId,
    scheduleId: schedule._id,
    version,
    result,
    dueAt,
    lateMs,
    missed,
  })
  return ring
}

/** No pile: the turn that waits speaks for this time too, and is told how many it speaks for. */
async function skip(
  ctx: MutationCtx,
  schedule: Doc<'schedules'>,
  waiting: Doc<'messages'> | null,
  leftOut: number,
): Promise<void> {
  await ctx.db.patch(schedule._id, { lastMissed: (schedule.lastMissed ?? 0) + leftOut })
  if (!waiting) return
  const due = waiting.due ?? { at: waiting.createdAt, missed: 0 }
  await ctx.db.patch(waiting._id, { due: { at: due.at, missed: due.missed + leftOut } })
}

async function setNext(ctx: MutationCtx, { _id, version }: Doc<'schedules'>, next: number | null, now: number) {
  if (next === null) {
    await ctx.db.patch(_id, { state: 'done', nextAt: undefined, version: version + 1 })
    return
  }
  await ctx.db.patch(_id, { nextAt: next, version: version + 1 })
  await oweTimer(ctx, { kind: 'schedule', id: _id, version: version + 1, at: next }, now)
}
