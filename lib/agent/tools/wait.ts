/** Waiting for a time: the reply ends, and a new turn goes on when it has come. Nothing is kept running meanwhile. */
import { z } from 'zod'
import { api } from '../../../convex/_generated/api.js'
import { maxWaitsAlone } from '../../../convex/decisions/mayWait.ts'
import { describeTime } from '../../chat/describeRule.ts'
import { serviceQuery } from '../../convex/serviceClient.ts'
import { defineTool, waitFor } from './defineTool.ts'
import { resolveWait } from './resolveTime.ts'
import { hasOneOf, localTimeInput, zoneInput } from './timeInput.ts'

const YEAR_SECONDS = 366 * 24 * 60 * 60

/** Nobody may be there to stop a chat that waits and goes on for ever. */
const alone =
  `This chat has waited ${maxWaitsAlone} times in a row without a word of the person. ` +
  'End the reply, or ask them with askUser whether to go on.'

export const wait = defineTool({
  name: 'wait',
  description:
    'Waits, then goes on in this chat by itself: for a number of seconds, or until a local time. The person may end it early. ' +
    'For what comes again and again use scheduleTask.',
  keywords: ['wait', 'later', 'minutes', 'hours', 'tomorrow', 'remind', 'until', 'in', 'pause', 'timer', 'follow up'],
  inputSchema: z
    .object({
      seconds: z.number().min(1).max(YEAR_SECONDS).optional().describe('How long. Give this or at.'),
      at: localTimeInput.optional(),
      timeZone: zoneInput.optional(),
      reason: z.string().max(200).optional().describe('What for, in a few words; the person reads it'),
    })
    .refine(({ seconds, at }) => hasOneOf(seconds, at), 'give either seconds or at'),
  // It has no effect of its own: the wait is made with the result, once.
  repeatable: true,
  summarize: ({ seconds, at, timeZone }) =>
    at === undefined ? `Wait ${seconds} seconds.` : `Wait until ${at} (${timeZone ?? 'your time zone'}).`,
  async run({ seconds, at, timeZone, reason }, { now, timeZone: own, ownerId, threadId }) {
    if (!(await serviceQuery(api.service.timers.mayBeSet, { ownerId, threadId }))) throw new Error(alone)
    const until = resolveWait({ seconds, at, timeZone: timeZone ?? own }, now())
    const why =
      reason?.toWellFormed().trim() || (at === undefined ? '' : `until ${describeTime(until, timeZone ?? own)}`)
    return waitFor({ kind: 'time', until, ...(why === '' ? {} : { reason: why }) })
  },
})
