// How long until, and when, in words. Pure: now and the locale come from outside.
import { formatClock } from '../../components/clockTime.ts'
import { strings } from '../../components/strings.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const { countdown } = strings

/** `in 4:58`, `in 3 h 20 min`, and from a day on the moment itself, which says more than a number of hours. */
export function countdownWords(until: number, now: number, locale?: string): string {
  const left = until - now
  if (left <= 0) return countdown.now
  if (left < HOUR) return countdown.inClock(clockOf(Math.ceil(left / SECOND)))
  if (isDated(until, now)) return countdown.on(dayOf(until, locale), formatClock(until, locale))
  return countdown.inHours(...hoursOf(Math.ceil(left / MINUTE)))
}

/** So far away that the words name the day. */
export const isDated = (until: number, now: number): boolean => until - now >= DAY

/** `14:05`; on another day with its date. */
export function momentWords(at: number, now: number, locale?: string): string {
  const clock = formatClock(at, locale)
  return isSameDay(at, now) ? clock : countdown.moment(dayOf(at, locale), clock)
}

/** How often such words change, so that nothing ticks faster than it is read. */
export function tickOf(until: number, now: number): number {
  return until - now < HOUR + MINUTE ? SECOND : 30 * SECOND
}

function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function hoursOf(minutes: number): [hours: number, minutes: number] {
  return [Math.floor(minutes / 60), minutes % 60]
}

function dayOf(at: number, locale: string | undefined): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' }).format(at)
}

/** Where the person is. */
function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString()
}
