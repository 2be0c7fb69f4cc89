/** The watchdog of timers: rings for what is overdue, should Inngest have lost a timer or be away. What is not due is not read. */
import { v } from 'convex/values'
import { internal } from './_generated/api.js'
import { internalMutation, type MutationCtx } from './_generated/server.js'
import { logDecision } from './log.ts'
import { ringTimer, type Timer } from './rows/ringTimer.ts'
import { currentTimes } from './times.ts'

/** Of each kind, at one tick (10 s); the rest at the next. */
const timersPerTick = 100

/** Each rings in a transaction of its own, so that one that fails holds up no other. If we crash before them, the next tick finds them again. */
export const tick = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const before = Date.now() - currentTimes().overdueMs
    for (const timer of [...(await overdueWaits(ctx, before)), ...(await overdueSchedules(ctx, before))]) {
      logDecision('overdue', { ...timer })
      await ctx.scheduler.runAfter(0, internal.overdue.ring, timer)
    }
    return null
  },
})

export const ring = internalMutation({
  args: { kind: v.union(v.literal('wait'), v.literal('schedule')), id: v.string(), version: v.number() },
  returns: v.null(),
  handler: async (ctx, timer) => {
    await ringTimer(ctx, timer, Date.now())
    return null
  },
})

async function overdueWaits(ctx: MutationCtx, before: number): Promise<Timer[]> {
  const rows = await ctx.db
    .query('waits')
    .withIndex('by_state_until', (q) => q.eq('state', 'open').lte('until', before))
    .take(timersPerTick)
  return rows.map(({ _id, version }) => ({ kind: 'wait' as const, id: _id, version }))
}

async function overdueSchedules(ctx: MutationCtx, before: number): Promise<Timer[]> {
  const rows = await ctx.db
    .query('schedules')
    .withIndex('by_state_nextAt', (q) => q.eq('state', 'active').gt('nextAt', 0).lte('nextAt', before))
    .take(timersPerTick)
  return rows.map(({ _id, version }) => ({ kind: 'schedule' as const, id: _id, version }))
}
