/** A schedule as people and models see it, and where it is found by their words for it. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { maxSchedules } from '../../lib/chat/messageLimits.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { present } from '../decisions/present.ts'
import { ruleValidator } from '../validators.ts'
import { listedThreads } from './findOpen.ts'

export const scheduleViewValidator = v.object({
  key: v.string(),
  threadId: v.string(),
  threadTitle: v.string(),
  title: v.string(),
  prompt: v.string(),
  rule: ruleValidator,
  timeZone: v.string(),
  state: v.union(v.literal('active'), v.literal('paused'), v.literal('done')),
  /** Absent: paused, or done. */
  nextAt: v.optional(v.number()),
  lastAt: v.optional(v.number()),
  /** How late the last run was (ms); absent: it was not. */
  lastLateMs: v.optional(v.number()),
  /** Times that were left out: since nobody could run them, or the run before still waited. */
  lastMissed: v.optional(v.number()),
  runs: v.number(),
  createdBy: v.union(v.literal('person'), v.literal('agent')),
})
export type ScheduleView = typeof scheduleViewValidator.type

/** Null: its chat is being deleted, and it goes too. */
export async function viewSchedule(ctx: QueryCtx, schedule: Doc<'schedules'>): Promise<ScheduleView | null> {
  const thread = await ctx.db.get(schedule.thread)
  return thread && viewIn(thread, schedule)
}

function viewIn(thread: Doc<'threads'>, schedule: Doc<'schedules'>): ScheduleView {
  const always = present(schedule, ['key', 'title', 'prompt', 'rule', 'timeZone', 'state', 'runs', 'createdBy'])
  const sometimes = present(schedule, ['nextAt', 'lastAt', 'lastLateMs', 'lastMissed'])
  return { ...always, ...sometimes, threadId: thread.threadId, threadTitle: thread.title }
}

/** Without those of chats that are removed: if that is undone, they are there again. */
export async function listSchedules(ctx: QueryCtx, ownerId: string): Promise<ScheduleView[]> {
  const rows = await ctx.db
    .query('schedules')
    .withIndex('by_owner', (q) => q.eq('ownerId', ownerId))
    .order('desc')
    .take(maxSchedules)
  const threads = listedThreads(ctx)
  const views: ScheduleView[] = []
  for (const row of rows) {
    const thread = await threads(row.thread)
    if (thread) views.push(viewIn(thread, row))
  }
  return views
}

export async function findSchedule(ctx: QueryCtx, ownerId: string, key: string): Promise<Doc<'schedules'> | null> {
  return ctx.db
    .query('schedules')
    .withIndex('by_owner_key', (q) => q.eq('ownerId', ownerId).eq('key', key))
    .unique()
}

export async function requireSchedule(ctx: QueryCtx, ownerId: string, key: string): Promise<Doc<'schedules'>> {
  const schedule = await findSchedule(ctx, ownerId, key)
  if (!schedule) throw new ConvexError(chatErrorData('schedule-not-found'))
  return schedule
}
