// When a task runs and how it last ran, in words. Pure: now, the person's zone and the locale come from outside.

import { scheduleStrings } from '../../components/strings/schedules.ts'
import { strings } from '../../components/strings.ts'
import type { Rule } from '../../convex/validators.ts'
import { describeRule } from '../../lib/chat/describeRule.ts'
import { isTimeZone, localOf } from '../../lib/chat/zonedTime.ts'
import type { ScheduleData } from './useSchedules.ts'

const say = scheduleStrings
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A zone that this browser does not know (it is older than the server) must not take the page along. */
export function ruleWords(rule: Rule, timeZone: string, now: number): string {
  const words = isTimeZone(timeZone)
    ? describeRule(rule, timeZone, now)
    : `${rule.kind === 'cron' ? rule.cron : momentIn(rule.at, 'UTC', now)} (${timeZone})`
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

/** `Tue 24 Nov, 09:00 (Asia/Tokyo) · Tue 24 Nov, 01:00 your time`: the second half only where the clocks differ. */
export function timeWords(at: number, timeZone: string, mine: string, now: number, locale?: string): string {
  if (!isTimeZone(timeZone)) return momentIn(at, mine, now, locale)
  const there = say.inZone(momentIn(at, timeZone, now, locale), timeZone)
  if (localOf(at, timeZone) === localOf(at, mine)) return there
  return `${there} · ${say.yours(momentIn(at, mine, now, locale))}`
}

/** `Tue 24 Nov, 09:00`; with the year when it is not this one. */
export function momentIn(at: number, timeZone: string, now: number, locale?: string): string {
  const isThisYear = localOf(at, timeZone).slice(0, 4) === localOf(now, timeZone).slice(0, 4)
  const day = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(at)
  return strings.countdown.moment(day, localOf(at, timeZone).slice(11, 16))
}

/** `Last run: Mon 23 Nov, 09:00; ran 2 h late; 3 earlier runs were left out`. */
export function lastWords(task: ScheduleData, mine: string, now: number, locale?: string): string {
  if (task.lastAt === undefined) return say.neverRan
  const { lastLateMs = 0, lastMissed = 0 } = task
  return [
    say.last(momentIn(task.lastAt, mine, now, locale)),
    ...(lastLateMs < MINUTE ? [] : [say.late(roundedDuration(lastLateMs))]),
    ...(lastMissed === 0 ? [] : [say.leftOut(lastMissed)]),
  ].join('; ')
}

/** Rounded as people say it: minutes under an hour, hours under two days. */
export function roundedDuration(ms: number): string {
  if (ms < HOUR) return say.duration.minutes(Math.max(1, Math.round(ms / MINUTE)))
  if (ms >= 2 * DAY) return say.duration.days(Math.round(ms / DAY))
  const minutes = Math.round(ms / MINUTE)
  return say.duration.hours(Math.floor(minutes / 60), minutes % 60)
}
