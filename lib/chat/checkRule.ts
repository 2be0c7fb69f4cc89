/** May a schedule have this rule? Rules come from people, models and old rows: what is not known to be good is refused with a sentence. */
import type { Rule } from '../../convex/validators.ts'
import { nextRun, nextRuns } from './nextRun.ts'
import { isTimeZone } from './zonedTime.ts'

const MINUTE = 60 * 1000
const YEAR = 366 * 24 * 60 * MINUTE
const mostCronChars = 100
const mostYearsAhead = 10
const leastGapMinutes = 5
/** A day has at most 288 runs five minutes apart: more than a day of the busiest rule, months of an ordinary one. */
const runsLookedAt = 300
/** A leap year's beginning: the spacing is the rule's own, so it is measured where no clock is changed, and always from the same day. */
const measuredFrom = Date.UTC(2024, 0, 1) - 1

/** Digits, names of days and months, and the signs of a cron field. */
const cronField = /^[0-9A-Za-z*,/#-]+$/

/** One space between the fields: what is compared and kept. */
export function tidyRule(rule: Rule): Rule {
  return rule.kind === 'cron' ? { kind: 'cron', cron: tidyCron(rule.cron) } : rule
}

function tidyCron(cron: string): string {
  return cron.trim().split(/\s+/).join(' ')
}

/** Null: it may. Otherwise why not, for people and models. */
export function checkRule(rule: Rule, timeZone: string, now: number): string | null {
  if (!isTimeZone(timeZone)) return 'That is not a time zone: use an IANA name such as Europe/Paris.'
  return rule.kind === 'once' ? checkOnce(rule.at, now) : checkCron(tidyCron(rule.cron), timeZone, now)
}

function checkOnce(at: number, now: number): string | null {
  if (!Number.isSafeInteger(at)) return 'That is not a time.'
  if (at <= now) return 'That time has passed.'
  return at > now + mostYearsAhead * YEAR ? `That is more than ${mostYearsAhead} years ahead.` : null
}

function checkCron(cron: string, timeZone: string, now: number): string | null {
  const fields = cron.split(' ')
  if (cron.length > mostCronChars || fields.length !== 5 || !fields.every((field) => cronField.test(field)))
    return 'A repeated task needs five cron fields: minute, hour, day of month, month, day of week.'
  try {
    if (nextRun({ kind: 'cron', cron }, timeZone, now) === null) return 'That would never run.'
    return runsTooOften(cron) ? `That would run more often than every ${leastGapMinutes} minutes.` : null
  } catch {
    return 'Those cron fields cannot be read. “0 9 * * 1-5” is every weekday at nine.'
  }
}

function runsTooOften(cron: string): boolean {
  const runs = nextRuns({ kind: 'cron', cron }, 'UTC', measuredFrom, runsLookedAt)
  return runs.some((at, index) => index > 0 && at - (runs[index - 1] ?? 0) < leastGapMinutes * MINUTE)
}
