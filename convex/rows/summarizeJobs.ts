/** What people look at first: what runs, what waits for them, what failed, what was spent. Counts are capped, and nothing is read for them but small rows. */
import { v } from 'convex/values'
import type { QueryCtx } from '../_generated/server.js'
import { DAY, HOUR, hourOf } from '../decisions/hourOf.ts'
import { dayOf } from '../decisions/spendPeriods.ts'
import { personScope } from './addSpend.ts'
import { listedThreads, openFailures, openWaitsOf, shownAtMost } from './findOpen.ts'

const shownDays = 14
const shownHours = 24
/** Fourteen days lie in two months, each with a row of its own. */
const rowsOfDays = 2 * shownDays

export const jobSummaryValidator = v.object({
  /** Each at most 100. `waiting`: replies that wait for anything; `needsYou`: questions and approvals. */
  running: v.number(),
  waiting: v.number(),
  needsYou: v.number(),
  /** Not tried again, and not put aside. */
  failed: v.number(),
  /** Spent today (UTC). */
  dayMicros: v.number(),
  /** The last fourteen, oldest first; `day` as 2026-11-23. */
  days: v.array(v.object({ day: v.string(), micros: v.number() })),
  /** The last twenty-four, oldest first; `at`: when it began (ms). */
  hours: v.array(v.object({ at: v.number(), done: v.number(), failed: v.number(), stopped: v.number() })),
})

export async function summarizeJobs(
  ctx: QueryCtx,
  ownerId: string,
  asked: number,
): Promise<typeof jobSummaryValidator.type> {
  const now = Number.isFinite(asked) && asked >= 0 && asked < 8e15 ? asked : Date.now()
  const days = await lastDays(ctx, ownerId, now)
  return {
    running: await countRunning(ctx, ownerId),
    ...(await countWaits(ctx, ownerId)),
    failed: await countFailed(ctx, ownerId),
    dayMicros: days.at(-1)?.micros ?? 0,
    days,
    hours: await lastHours(ctx, ownerId, now),
  }
}

const atMost = (count: number) => Math.min(count, shownAtMost)

/** A thread runs one turn at most, and its row is small. */
async function countRunning(ctx: QueryCtx, ownerId: string): Promise<number> {
  const threads = await ctx.db
    .query('threads')
    .withIndex('by_owner_status', (q) => q.eq('ownerId', ownerId).eq('status', 'processing'))
    .take(shownAtMost)
  return threads.filter(({ shelf }) => shelf !== 'removed').length
}

async function countWaits(ctx: QueryCtx, ownerId: string): Promise<{ waiting: number; needsYou: number }> {
  const threads = listedThreads(ctx)
  const replies = new Set<string>()
  let needsYou = 0
  for (const { thread, turn, kind } of await openWaitsOf(ctx, ownerId)) {
    if (!(await threads(thread))) continue
    replies.add(turn)
    if (kind !== 'time') needsYou += 1
  }
  return { waiting: atMost(replies.size), needsYou: atMost(needsYou) }
}

async function countFailed(ctx: QueryCtx, ownerId: string): Promise<number> {
  const threads = listedThreads(ctx)
  let failed = 0
  for (const { thread } of await openFailures(ctx, ownerId)) if (await threads(thread)) failed += 1
  return failed
}

async function lastDays(ctx: QueryCtx, ownerId: string, now: number) {
  const days = Array.from({ length: shownDays }, (_, ago) => dayOf(now - ago * DAY)).toReversed()
  const rows = await ctx.db
    .query('spend')
    .withIndex('by_owner', (q) =>
      q
        .eq('ownerId', ownerId)
        .eq('scope', personScope)
        .gte('period', days[0] ?? ''),
    )
    .take(rowsOfDays)
  return days.map((day) => ({ day, micros: rows.find(({ period }) => period === day)?.micros ?? 0 }))
}

async function lastHours(ctx: QueryCtx, ownerId: string, now: number) {
  const first = hourOf(now) - (shownHours - 1) * HOUR
  const rows = await ctx.db
    .query('hours')
    .withIndex('by_owner', (q) => q.eq('ownerId', ownerId).gte('at', first))
    .take(shownHours)
  return Array.from({ length: shownHours }, (_, place) => {
    const at = first + place * HOUR
    const { done = 0, failed = 0, stopped = 0 } = rows.find((row) => row.at === at) ?? {}
    return { at, done, failed, stopped }
  })
}
