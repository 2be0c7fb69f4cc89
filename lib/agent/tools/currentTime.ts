/** The time in a place. Harmless and quick: it proves the loop, the ledger and calls side by side. */
import { z } from 'zod'
import { isTimeZone } from '../../chat/zonedTime.ts'
import { defineTool } from './defineTool.ts'

export const currentTime = defineTool({
  name: 'currentTime',
  description: 'Tells the current date and time in a time zone. Call it once for each place asked about.',
  keywords: ['time', 'clock', 'date', 'day', 'today', 'now', 'week', 'month', 'year', 'weekday', 'hour', 'late'],
  inputSchema: z.object({
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone such as Europe/Paris, or UTC')
      .optional()
      .describe('IANA time zone, for example Europe/Paris. Left out: where the person is'),
  }),
  repeatable: true,
  timeoutMs: 5_000,
  summarize: ({ timeZone }) => `Look up the time${timeZone ? ` in ${timeZone}` : ''}.`,
  run(input, { now, timeZone: own }) {
    const timeZone = input.timeZone ?? own
    const at = new Date(now())
    const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone }).format(at)
    return { timeZone, iso: at.toISOString(), text }
  },
})
