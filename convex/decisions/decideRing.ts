/** What a ring at a schedule's time does. Whoever rings, and however often, the row decides. */
import { countRuns, nextRun } from '../../lib/chat/nextRun.ts'
import type { Doc } from '../_generated/dataModel.js'

const MINUTE = 60 * 1000
/** Later than this is late: the run says so. */
const lateAfterMs = 2 * MINUTE
/** A year of a rule of five minutes is 100,000 times: more than this are not counted. */
const mostMissed = 1_000

export type Ring =
  /** A newer timer has it, or nobody: paused, done, gone. */
  | { kind: 'moved-on' }
  | { kind: 'early'; forMs: number }
  /** `run`: a turn starts. `skip`: its last turn still waits in the queue. `next` null: it was the last time. */
  | { kind: 'run' | 'skip'; dueAt: number; lateMs: number; missed: number; next: number | null }

/** `lastWaits`: a turn of this schedule has not begun yet. */
export function decideRing(
  schedule: Pick<Doc<'schedules'>, 'state' | 'version' | 'nextAt' | 'rule' | 'timeZone'> | null,
  version: number,
  lastWaits: boolean,
  now: number,
): Ring {
  if (schedule?.state !== 'active' || schedule.version !== version || schedule.nextAt === undefined)
    return { kind: 'moved-on' }
  const { nextAt: dueAt, rule, timeZone } = schedule
  if (now < dueAt) return { kind: 'early', forMs: dueAt - now }
  const late = now - dueAt
  // The times that went by after the one that runs now.
  const missed = countRuns(rule, timeZone, dueAt, now, mostMissed)
  const next = nextRun(rule, timeZone, now)
  return { kind: lastWaits ? 'skip' : 'run', dueAt, lateMs: late > lateAfterMs ? late : 0, missed, next }
}
