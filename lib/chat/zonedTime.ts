/** Wall-clock times in a time zone, both ways. Imported by the database functions, the server and the UI, so it imports nothing. */

const zoneName = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/
const localTime = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?$/
const DAY = 24 * 60 * 60 * 1000

/** An IANA name (`Europe/Paris`, `UTC`). A bare offset (`+02:00`) is none: it knows no daylight saving. */
export function isTimeZone(zone: string): boolean {
  if (!zoneName.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** `2026-11-24T09:00:00` as the clocks of that place show it. */
export function localOf(at: number, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 19)
}

/**
 * The moment (ms) at which the clocks of that place show `2026-11-24T09:00`. Null: no such date, or not written so. A time that comes
 * twice (clocks go back) is the first of the two; one that is skipped (clocks go forward) is as much later as the clocks jump: 02:30
 * becomes 03:30.
 */
export function instantOf(local: string, timeZone: string): number | null {
  const wall = wallOf(local)
  if (wall === null) return null
  // The zone's changes of offset lie weeks apart: a day before and a day after see both sides of any.
  const before = offsetAt(wall - DAY, timeZone)
  const after = offsetAt(wall + DAY, timeZone)
  const fitting = [before, after].map((offset) => wall - offset).filter((at) => at + offsetAt(at, timeZone) === wall)
  return fitting.length > 0 ? Math.min(...fitting) : wall - before
}

/** As if the clocks were in UTC. Null for the 30th of February. */
function wallOf(local: string): number | null {
  const [, ...parts] = localTime.exec(local.trim()) ?? []
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0))
  if (parts.length === 0) return null
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(wall)
  const same =
    back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24
  return same && minute < 60 && second < 60 ? wall : null
}

/** East of Greenwich is positive (ms). */
function offsetAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}
