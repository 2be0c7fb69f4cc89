// How long something took, in words. Pure.
import { jobsStrings } from '../../components/strings/jobs.ts'

const say = jobsStrings.duration

/** `0.03 s`, `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 days 4 h`. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000
  // What was quick is not said to have taken nothing.
  if (seconds >= 0.005 && seconds < 0.095) return say.seconds(seconds.toFixed(2))
  if (seconds < 9.95) return say.seconds(seconds.toFixed(1))
  const whole = Math.round(seconds)
  if (whole < 60) return say.seconds(String(whole))
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return say.minutes(minutes, whole % 60)
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? say.hours(hours, minutes % 60) : say.days(Math.floor(hours / 24), hours % 24)
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Where there is room for one number: `0.5 s`, `90 s`, `5 min`, `3 d`. Nothing is rounded away below twice the next unit. */
export function shortDuration(ms: number): string {
  const length = Math.max(0, ms)
  if (length < 9_950) return say.short.s(String(Math.round(length / 100) / 10))
  if (length < 2 * MINUTE) return say.short.s(String(Math.round(length / 1_000)))
  if (length < 2 * HOUR) return say.short.min(String(Math.round(length / MINUTE)))
  return length < 2 * DAY
    ? say.short.h(String(Math.round(length / HOUR)))
    : say.short.d(String(Math.round(length / DAY)))
}
