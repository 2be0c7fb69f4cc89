/** What the clocks show elsewhere. Says it when a time comes twice or not at all, because clocks are changed there that night. */
import { z } from 'zod'
import { instantOf, isTimeZone, localOf } from '../../chat/zonedTime.ts'
import { defineTool } from './defineTool.ts'

const MINUTE_MS = 60 * 1_000
/** By how much clocks are set back: half an hour on Lord Howe, two at Troll, mostly one. */
const STEPS_MS = [20, 30, 40, 60, 90, 120, 180].map((minutes) => minutes * MINUTE_MS)

const zone = (what: string) =>
  z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as Europe/Paris, or UTC')
    .describe(`${what}, an IANA time zone, for example America/New_York`)

const clock = /^\d{1,2}:\d{2}$/
const local = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$/

const tell = (at: number, timeZone: string) => ({
  timeZone,
  local: localOf(at, timeZone).slice(0, 16),
  text: new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone }).format(at),
})

/** Each moment at which the clocks of the place show this. Mostly one. */
function momentsOf(wanted: string, timeZone: string): number[] {
  const first = instantOf(wanted, timeZone)
  if (first === null) throw new Error(`time: ${wanted} is no date and time. Write 2026-11-24T09:00.`)
  const shown = localOf(first, timeZone)
  return [first, ...STEPS_MS.map((step) => first + step).filter((at) => localOf(at, timeZone) === shown)]
}

export const convertTime = defineTool({
  name: 'convertTime',
  description:
    'Converts a time of day, or a date and time, from one time zone to another, with daylight saving. Without a date it is today there.',
  keywords: [
    'time',
    'zone',
    'timezone',
    'convert',
    'difference',
    'hours',
    'clock',
    'utc',
    'gmt',
    'local',
    'ahead',
    'behind',
  ],
  inputSchema: z.object({
    time: z
      .string()
      .trim()
      .refine((time) => clock.test(time) || local.test(time), 'must be 09:00 or 2026-11-24T09:00')
      .describe('09:00 (today) or 2026-11-24T09:00, as the clocks of `from` show it'),
    from: zone('Where the time is told'),
    to: zone('Where to tell it'),
  }),
  repeatable: true,
  timeoutMs: 5_000,
  summarize: ({ time, from, to }) => `Convert ${time} in ${from} to the time in ${to}.`,
  run({ time, from, to }, { now }) {
    const wanted = clock.test(time)
      ? `${localOf(now(), from).slice(0, 10)}T${time.padStart(5, '0')}`
      : time.replace(' ', 'T')
    const [at = 0, again] = momentsOf(wanted, from)
    const told = { from: tell(at, from), to: tell(at, to), utc: new Date(at).toISOString() }
    if (again !== undefined) {
      const second = { to: tell(again, to), utc: new Date(again).toISOString() }
      return {
        ...told,
        second,
        note: `Clocks are set back there: ${wanted} comes twice. This is the first; “second” is the other.`,
      }
    }
    if (told.from.local === wanted.slice(0, 16)) return told
    return {
      ...told,
      note: `Clocks are set forward there: ${wanted} does not exist. This is ${told.from.local} instead.`,
    }
  },
})
