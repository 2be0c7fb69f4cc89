/** What people, and the agent for them, save about a schedule. Each change is once, however often it is asked for. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { isClientId, maxSchedules } from '../../lib/chat/messageLimits.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import {
  planSave,
  planState,
  type SavedTiming,
  type SchedulePlan,
  titleOf,
  type WantedSchedule,
} from '../decisions/planSchedule.ts'
import { logDecision } from '../log.ts'
import { createThread } from './createThread.ts'
import { findThread, findUser } from './findRows.ts'
import { findRemovedThread } from './gatherBegin.ts'
import { oweTimer } from './openWait.ts'
import { findSchedule, requireSchedule, type ScheduleView, viewSchedule } from './scheduleView.ts'
import { restoreThread } from './shelveThread.ts'

export interface SavedSchedule extends WantedSchedule {
  ownerId: string
  key: string
  threadId: string
  newThread?: boolean | undefined
  /** Of one that is brought back: who made it at first. Absent: whoever saves it. */
  createdBy?: Doc<'schedules'>['createdBy'] | undefined
}

/** New, or new words and times for one that is there. */
export async function saveSchedule(
  ctx: MutationCtx,
  { ownerId, key, threadId, newThread = false, createdBy, ...words }: SavedSchedule,
  by: Doc<'schedules'>['createdBy'],
  now: number,
): Promise<ScheduleView> {
  const existing = await findSchedule(ctx, ownerId, key)
  const known = await findThread(ctx, ownerId, threadId)
  if (!known && !newThread) throw new ConvexError(chatErrorData('thread-not-found'))
  if (!existing) await requireRoom(ctx, ownerId)
  const thread = known?._id ?? (await openThreadFor(ctx, { ownerId, threadId, ...words }, now))
  // What is refused takes the new thread back with it: it is one transaction.
  const change = agreed(planSave(existing, { ...words, thread }, now))
  // A person who plans something in a chat wants to keep it.
  if (known && by === 'person') await restoreThread(ctx, known)
  const id = existing?._id ?? (await insert(ctx, change, { ownerId, key, createdBy: createdBy ?? by }, now))
  if (existing && change) await ctx.db.patch(id, change)
  logDecision('schedules.save', { ownerId, scheduleId: id, by, result: change ? 'saved' : 'same' })
  if (change) await setTimer(ctx, id, change, now)
  return requireView(ctx, id)
}

export async function setScheduleState(
  ctx: MutationCtx,
  { ownerId, key, state }: { ownerId: string; key: string; state: 'active' | 'paused' },
  now: number,
): Promise<ScheduleView> {
  const schedule = await requireSchedule(ctx, ownerId, key)
  const change = agreed(planState(schedule, state, now))
  logDecision('schedules.setState', { ownerId, scheduleId: schedule._id, state, result: change ? 'saved' : 'same' })
  if (change) {
    await ctx.db.patch(schedule._id, change)
    await setTimer(ctx, schedule._id, change, now)
  }
  return requireView(ctx, schedule._id)
}

/** Gone already: it is as wanted. A timer that still rings finds nothing. */
export async function removeSchedule(ctx: MutationCtx, ownerId: string, key: string): Promise<void> {
  const schedule = await findSchedule(ctx, ownerId, key)
  if (schedule) await ctx.db.delete(schedule._id)
  logDecision('schedules.remove', { ownerId, scheduleId: schedule?._id, found: schedule !== null })
}

async function insert(
  ctx: MutationCtx,
  change: SavedTiming | null,
  by: Pick<Doc<'schedules'>, 'ownerId' | 'key' | 'createdBy'>,
  now: number,
): Promise<Id<'schedules'>> {
  if (!change) throw new Error(`Schedule ${by.key} is neither there nor new`)
  const { nextAt, ...row } = change
  return ctx.db.insert('schedules', {
    ...row,
    ...by,
    ...(nextAt === undefined ? {} : { nextAt }),
    runs: 0,
    createdAt: now,
  })
}

async function openThreadFor(
  ctx: MutationCtx,
  { ownerId, threadId, title, prompt }: Omit<SavedSchedule, 'key' | 'createdBy'>,
  now: number,
): Promise<Id<'threads'>> {
  if (!isClientId(threadId)) throw new ConvexError(chatErrorData('bad-id'))
  // Deleted meanwhile, on another device: it does not come back by itself.
  if (await findRemovedThread(ctx, ownerId, threadId)) throw new ConvexError(chatErrorData('thread-not-found'))
  return createThread(ctx, { ownerId, threadId, title: titleOf(title, prompt) }, now)
}

function agreed<Change>(plan: SchedulePlan<Change>): Change | null {
  if (plan.kind === 'refused')
    throw new ConvexError(chatErrorData(plan.code, plan.message === undefined ? {} : { message: plan.message }))
  return plan.kind === 'change' ? plan.change : null
}

async function requireRoom(ctx: MutationCtx, ownerId: string): Promise<void> {
  const user = await findUser(ctx, ownerId)
  if (user?.deleted) throw new ConvexError(chatErrorData('account-removed'))
  const rows = await ctx.db
    .query('schedules')
    .withIndex('by_owner', (q) => q.eq('ownerId', ownerId))
    .take(maxSchedules)
  if (rows.length === maxSchedules) throw new ConvexError(chatErrorData('too-many-schedules'))
}

async function requireView(ctx: MutationCtx, id: Id<'schedules'>): Promise<ScheduleView> {
  const schedule = await ctx.db.get(id)
  const view = schedule && (await viewSchedule(ctx, schedule))
  if (!view) throw new ConvexError(chatErrorData('schedule-not-found'))
  return view
}

async function setTimer(
  ctx: MutationCtx,
  id: Id<'schedules'>,
  { nextAt, version }: { nextAt: number | undefined; version: number },
  now: number,
): Promise<void> {
  if (nextAt !== undefined) await oweTimer(ctx, { kind: 'schedule', id, version, at: nextAt }, now)
}
