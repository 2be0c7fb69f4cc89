/**
 * When a rule is due next. A cron expression has five fields and is read in its time zone; daylight saving:
 * - minutes and hours given as numbers, lists or ranges (`30 2 * * *`): a time that the clocks skip runs at the first moment after the
 *   gap, on the same day; a time that comes twice runs at the first of the two. So a daily task runs once each day.
 * - with a star or a step in them (`30 * * * *`): it keeps its rhythm; what is skipped is left out, what comes twice runs twice.
 * Day of month and day of week are both given: either will do, as in every cron.
 */
import { Cron } from 'croner'
import type { Rule } from '../../convex/validators.ts'

function readCron(cron: string, timeZone: string): Cron {
  return new Cron(cron, { timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true })
}

/** Strictly after `after` (ms). Null: never again. Throws for a cron that checkRule would refuse. */
export function nextRun(rule: Rule, timeZone: string, after: number): number | null {
  return nextRuns(rule, timeZone, after, 1)[0] ?? null
}

export function nextRuns(rule: Rule, timeZone: string, after: number, most: number): number[] {
  if (rule.kind === 'once') return rule.at > after ? [rule.at] : []
  return readCron(rule.cron, timeZone)
    .nextRuns(most, new Date(after))
    .map((at) => at.getTime())
}

/** How many times lie after `after` and not after `upTo`; counting ends at `most`. */
export function countRuns(rule: Rule, timeZone: string, after: number, upTo: number, most: number): number {
  if (rule.kind === 'once') return rule.at > after && rule.at <= upTo ? 1 : 0
  const cron = readCron(rule.cron, timeZone)
  let runs = 0
  for (let at = cron.nextRun(new Date(after)); at && at.getTime() <= upTo && runs < most; at = cron.nextRun(at)) runs++
  return runs
}
