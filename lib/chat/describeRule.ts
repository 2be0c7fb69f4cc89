/** A schedule's rule in words: “every weekday at 09:00 (Europe/Paris)”. For people, and for the models that set schedules. */
import type { Rule } from '../../convex/validators.ts'
import { nextRuns } from './nextRun.ts'

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const dayShort = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const monthShort = monthNames.map((name) => name.slice(0, 3).toLowerCase())
/** More times a day than this are no longer words. */
const mostTimes = 4
const timesShown = 3

/** A rule without common words is shown as it is, with its next times after `now`. */
export function describeRule(rule: Rule, timeZone: string, now = Date.now()): string {
  if (rule.kind === 'once') return `once, on ${describeTime(rule.at, timeZone)} (${timeZone})`
  const words = describeCron(rule.cron)
  if (words !== null) return `${words} (${timeZone})`
  const next = nextRuns(rule, timeZone, now, timesShown).map((at) => describeTime(at, timeZone))
  return `by the cron rule “${rule.cron}” (${timeZone}), next ${listed(next, 'then')}`
}

/** `Tuesday 24 November 2026, 09:00`, put together from its parts: their order and signs differ between versions of Node. */
export function describeTime(at: number, timeZone: string): string {
  const part: Record<string, string> = {}
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  for (const { type, value } of format.formatToParts(at)) part[type] = value
  const { weekday, day, month, year, hour, minute } = part
  return `${weekday} ${day} ${month} ${year}, ${hour}:${minute}`
}

/** Null: no common shape. */
export function describeCron(cron: string): string | null {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().toLowerCase().split(/\s+/)
  if (day === '*' && month === '*' && weekday === '*') {
    const rhythm = describeRhythm(minute, hour)
    if (rhythm !== null) return rhythm
  }
  const days = describeDays(day, month, weekday)
  const times = describeTimes(minute, hour)
  return days === null || times === null ? null : `${days} at ${times}`
}

function describeRhythm(minute: string, hour: string): string | null {
  const everyMinutes = stepOf(minute)
  if (hour === '*' && everyMinutes !== null && 60 % everyMinutes === 0) return `every ${everyMinutes} minutes`
  const [at, ...more] = numbersOf(minute, 0, 59, []) ?? []
  if (at === undefined || more.length > 0) return null
  const past = at === 0 ? '' : `, ${at} minutes past the hour`
  if (hour === '*') return `every hour${past}`
  const everyHours = stepOf(hour)
  return everyHours !== null && everyHours > 1 && 24 % everyHours === 0 ? `every ${everyHours} hours${past}` : null
}

function describeDays(day: string, month: string, weekday: string): string | null {
  if (day === '*' && month === '*') return describeWeekdays(weekday)
  if (weekday !== '*') return null
  if (day === 'l' && month === '*') return 'on the last day of every month'
  const days = numbersOf(day, 1, 31, [])
  if (days === null || days.length > mostTimes) return null
  if (month === '*') {
    const where = Math.max(...days) > 28 ? 'every month that has it' : 'every month'
    return `on the ${listed(days.map(ordinal))} of ${where}`
  }
  const months = numbersOf(month, 1, 12, monthShort)
  const [only] = months ?? []
  return months?.length === 1 && only !== undefined
    ? `every year on ${listed(days.map(String))} ${monthNames[only - 1]}`
    : null
}

function describeWeekdays(weekday: string): string | null {
  if (weekday === '*') return 'every day'
  const days = numbersOf(weekday, 0, 7, dayShort)
  if (days === null) return null
  const set = [...new Set(days.map((day) => day % 7))].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7))
  if (set.length === 7) return 'every day'
  if (set.join() === '1,2,3,4,5') return 'every weekday'
  return `every ${listed(set.map((day) => dayNames[day] ?? ''))}`
}

function describeTimes(minute: string, hour: string): string | null {
  const minutes = numbersOf(minute, 0, 59, [])
  const hours = numbersOf(hour, 0, 23, [])
  if (minutes === null || hours === null || minutes.length * hours.length > mostTimes) return null
  return listed(hours.flatMap((h) => minutes.map((m) => `${two(h)}:${two(m)}`)))
}

/** A list of numbers, names and plain ranges, in order; null for anything else. Names count from the field's lowest number. */
function numbersOf(field: string, lowest: number, highest: number, names: readonly string[]): number[] | null {
  const found = new Set<number>()
  const one = (text: string) => {
    const named = names.indexOf(text)
    return named >= 0 ? named + lowest : /^\d{1,2}$/.test(text) ? Number(text) : -1
  }
  for (const item of field.split(',')) {
    const [from = '', to = from, ...rest] = item.split('-')
    const [first, last] = [one(from), one(to)]
    if (rest.length > 0 || first < lowest || last > highest || last < first) return null
    for (let number = first; number <= last; number++) found.add(number)
  }
  return [...found].sort((a, b) => a - b)
}

function stepOf(field: string): number | null {
  const [, step] = /^\*\/(\d{1,2})$/.exec(field) ?? []
  return step === undefined || Number(step) === 0 ? null : Number(step)
}

function ordinal(day: number): string {
  const teens = day >= 11 && day <= 13
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')
  return `${day}${ending}`
}

function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? (words[0] ?? 'never') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

const two = (number: number) => String(number).padStart(2, '0')
