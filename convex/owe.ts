/** Owing an event: written in the transaction that decided, so that no decision depends on the survival of whoever made it. */
import { internal } from './_generated/api.js'
import type { MutationCtx } from './_generated/server.js'
import { nextResendAt } from './decisions/watchdogTimes.ts'
import { currentTimes } from './times.ts'

export interface OwedEvent {
  /** Deterministic: Inngest drops a repeat, so owing or delivering twice does no harm. */
  eventId: string
  name: 'chat/turn.started' | 'chat/title.wanted' | 'chat/timer.set' | 'chat/summary.wanted'
  data: Record<string, string | number>
}

export async function owe(ctx: MutationCtx, event: OwedEvent, now: number): Promise<void> {
  const known = await ctx.db
    .query('owed')
    .withIndex('by_eventId', (q) => q.eq('eventId', event.eventId))
    .first()
  if (known) return
  const resendAt = nextResendAt(0, now, currentTimes())
  const owed = await ctx.db.insert('owed', { ...event, createdAt: now, attempts: 0, resendAt })
  await ctx.scheduler.runAfter(0, internal.owed.deliver, { owed })
}
