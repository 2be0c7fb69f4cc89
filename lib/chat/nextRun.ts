/**
 * When a rule is due next. A cron expression has five fields and is read in its time zone; daylight saving:
 * - minutes and hours given as numbers, lists or ranges (`30 2 * * *`): a time that the clocks skip runs at the first moment after the
 *   gap, on the same day; a time that comes twice runs at the first of the two. So a daily task runs once each day.
 * - with a star or a step in them (`30 * * * *`): it keeps its rhythm; what is skipped is left out, what comes twice runs twice.
 * Day of month and day of week are both given: either will do, as in every cron.
 */
import { Cron } from 'croner'
import type { Rule } from '../../convex/validators.ts'

/** Strictly after `after` (ms). Null: never again. Throws for a cron that checkRule would refuse. */
export function nextRun(rule: Rule, timeZone: string, after: number): number | null {
  if (rule.kind === 'once') return rule.at > after ? rule.at : null
  const cron = new Cron(rule.cron, { timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true })
  return cron.nextRun(new Date(after))?.getTime() ?? null
}

export function nextRuns(rule: Rule, timeZone: string, after: number, most: number): number[] {
  const runs: number[] = []
  for (let at = nextRun(rule, timeZone, after); at !== null && runs.length < most; at = nextRun(rule, timeZone, at))
    runs.push(at)
  return runs
}
