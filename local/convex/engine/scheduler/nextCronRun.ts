/** When a cron runs next (UTC). */
import type { JsonObject } from '../backend.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Far enough for 29 February on a given weekday. */
const LOOK_AHEAD_DAYS = 366 * 29

export interface CronFields {
  minutes: Set<number>
  hours: Set<number>
  days: Set<number>
  months: Set<number>
  weekdays: Set<number>
  /** Cron's rule: when both are restricted, either may match. */
  anyDay: boolean
  anyWeekday: boolean
}

/** The first run strictly after `after`; an interval keeps its rhythm from `last`. */
export function nextCronRun(schedule: JsonObject, after: number, last: number | null): number {
  if (schedule['type'] === 'interval') return nextInterval(periodOf(schedule), after, last)
  return nextMatch(fieldsOf(schedule), after)
}

function number(schedule: JsonObject, name: string): number {
  const value = schedule[name]
  return typeof value === 'number' ? value : 0
}

function periodOf(schedule: JsonObject): number {
  const ms =
    number(schedule, 'seconds') * 1_000 + number(schedule, 'minutes') * MINUTE + number(schedule, 'hours') * HOUR
  if (!(ms > 0)) throw new Error(`The interval ${JSON.stringify(schedule)} has no length.`)
  return ms
}

/** A new interval runs at once, then in its rhythm; runs that were missed are left out. */
function nextInterval(period: number, after: number, last: number | null): number {
  if (last === null) return after
  return last + Math.max(1, Math.floor((after - last) / period) + 1) * period
}

function fieldsOf(schedule: JsonObject): CronFields {
  const minute = String(number(schedule, 'minuteUTC'))
  const hour = String(number(schedule, 'hourUTC'))
  switch (schedule['type']) {
    case 'hourly':
      return parseCron(`${minute} * * * *`)
    case 'daily':
      return parseCron(`${minute} ${hour} * * *`)
    case 'weekly':
      return parseCron(`${minute} ${hour} * * ${String(schedule['dayOfWeek']).slice(0, 3)}`)
    case 'monthly':
      return parseCron(`${minute} ${hour} ${number(schedule, 'day')} * *`)
    case 'cron':
      return parseCron(String(schedule['cron']))
    default:
      throw new Error(`Unknown cron schedule ${JSON.stringify(schedule)}.`)
  }
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

export function parseCron(text: string): CronFields {
  const parts = text.trim().toLowerCase().split(/\s+/)
  const [minute, hour, day, month, weekday] = parts
  if (parts.length !== 5 || !minute || !hour || !day || !month || !weekday) {
    throw new Error(`The cron "${text}" must have five fields: minute hour day month weekday.`)
  }
  const weekdays = parseField(weekday, 0, 7, dayNames, 0)
  if (weekdays.delete(7)) weekdays.add(0)
  return {
    minutes: parseField(minute, 0, 59),
    hours: parseField(hour, 0, 23),
    days: parseField(day, 1, 31),
    months: parseField(month, 1, 12, monthNames, 1),
    weekdays,
    anyDay: day === '*',
    anyWeekday: weekday === '*',
  }
}

function parseField(text: string, low: number, high: number, names: string[] = [], firstName = 0): Set<number> {
  const values = new Set<number>()
  const read = (part: string) => {
    const named = names.indexOf(part)
    const value = named >= 0 ? named + firstName : Number(part)
    if (!Number.isInteger(value) || value < low || value > high)
      throw new Error(`"${part}" is not valid in the cron field "${text}".`)
    return value
  }
  for (const part of text.split(',')) {
    const [range = '', step = '1'] = part.split('/')
    const [from = '', to] = range === '*' ? [String(low), String(high)] : range.split('-')
    const first = read(from)
    const last = to !== undefined ? read(to) : part.includes('/') ? high : first
    const by = Number(step)
    if (!Number.isInteger(by) || by < 1) throw new Error(`"${step}" is not a valid step in the cron field "${text}".`)
    for (let value = first; value <= last; value += by) values.add(value)
  }
  return values
}

function nextMatch(fields: CronFields, after: number): number {
  const start = Math.floor(after / MINUTE) * MINUTE + MINUTE
  const firstDay = Math.floor(start / DAY) * DAY
  for (let day = firstDay; day < firstDay + LOOK_AHEAD_DAYS * DAY; day += DAY) {
    if (!matchesDay(fields, new Date(day))) continue
    for (const hour of [...fields.hours].sort((a, b) => a - b)) {
      for (const minute of [...fields.minutes].sort((a, b) => a - b)) {
        const at = day + hour * HOUR + minute * MINUTE
        if (at >= start) return at
      }
    }
  }
  throw new Error('A cron schedule never comes due.')
}

function matchesDay({ days, months, weekdays, anyDay, anyWeekday }: CronFields, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false
  const dayFits = days.has(date.getUTCDate())
  const weekdayFits = weekdays.has(date.getUTCDay())
  return anyDay || anyWeekday ? dayFits && weekdayFits : dayFits || weekdayFits
}
