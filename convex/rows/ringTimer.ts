/** A ring for a wait or a schedule, by Inngest's timer or by the watchdog. */
import type { MutationCtx } from '../_generated/server.js'
import { logDecision } from '../log.ts'
import { endWait } from './endWait.ts'
import { ringSchedule } from './ringSchedule.ts'

export interface Timer {
  kind: 'wait' | 'schedule'
  id: string
  version: number
}

export type TimerRing = { kind: 'rung' } | { kind: 'moved-on' } | { kind: 'early'; forMs: number }

export async function ringTimer(ctx: MutationCtx, timer: Timer, now: number): Promise<TimerRing> {
  const ring = timer.kind === 'wait' ? await ringWait(ctx, timer, now) : await ringRow(ctx, timer, now)
  logDecision('timers.ring', { ...timer, result: ring.kind })
  return ring
}

async function ringWait(ctx: MutationCtx, { id, version }: Timer, now: number): Promise<TimerRing> {
  const waitId = ctx.db.normalizeId('waits', id)
  const wait = waitId && (await ctx.db.get(waitId))
  // Its thread is being removed: the removal will come to it.
  const isHere = wait?.version === version && (await ctx.db.get(wait.thread)) !== null
  if (!isHere) return { kind: 'moved-on' }
  const ended = await endWait(ctx, wait, { kind: 'time' }, now)
  if (ended.kind === 'early') return { kind: 'early', forMs: wait.until - now }
  return { kind: ended.kind === 'ended' ? 'rung' : 'moved-on' }
}

async function ringRow(ctx: MutationCtx, { id, version }: Timer, now: number): Promise<TimerRing> {
  const scheduleId = ctx.db.normalizeId('schedules', id)
  const ring = await ringSchedule(ctx, scheduleId && (await ctx.db.get(scheduleId)), version, now)
  if (ring.kind === 'early' || ring.kind === 'moved-on') return ring
  return { kind: 'rung' }
}
