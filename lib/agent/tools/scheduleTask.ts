/** A follow-up or a recurring task: at its time a new turn asks the prompt in this chat. */
import { z } from 'zod'
import { api } from '../../../convex/_generated/api.js'
import type { Rule } from '../../../convex/validators.ts'
import { describeCron, describeRule, describeTime } from '../../chat/describeRule.ts'
import { maxPromptChars, maxTitleChars } from '../../chat/messageLimits.ts'
import { instantOf } from '../../chat/zonedTime.ts'
import { serviceMutation } from '../../convex/serviceClient.ts'
import { defineTool } from './defineTool.ts'
import { resolveTime } from './resolveTime.ts'
import { tellSchedule } from './tellSchedule.ts'
import { cronInput, hasOneOf, localTimeInput, zoneInput } from './timeInput.ts'
import { withRefusals } from './withRefusals.ts'

interface When {
  at?: string | undefined
  cron?: string | undefined
  timeZone?: string | undefined
}

/** The person's own zone is not known here; its times are given when it is named. */
function describeWhen({ at, cron = '', timeZone }: When): string {
  const where = timeZone ?? 'your time zone'
  if (at !== undefined) return `once, on ${describeTime(instantOf(at, 'UTC') ?? 0, 'UTC')} (${where})`
  if (timeZone !== undefined) return describeRule({ kind: 'cron', cron }, timeZone)
  return `${describeCron(cron) ?? `by the cron rule “${cron}”`} (${where})`
}

function resolveRule({ at, cron = '' }: When, timeZone: string, now: number): Rule {
  return at === undefined ? { kind: 'cron', cron } : { kind: 'once', at: resolveTime(at, timeZone, now) }
}

export const scheduleTask = defineTool({
  name: 'scheduleTask',
  description:
    'Sets a task for later: once at a local time, or again and again by a cron rule. At its time the prompt is asked in this chat.',
  keywords: [
    'schedule',
    'every',
    'daily',
    'weekly',
    'monthly',
    'weekday',
    'morning',
    'recurring',
    'repeat',
    'remind',
    'reminder',
    'task',
    'follow up',
    'cron',
    'tomorrow',
    'monday',
  ],
  inputSchema: z
    .object({
      title: z.string().min(1).max(maxTitleChars).describe('A few words'),
      prompt: z.string().min(1).max(maxPromptChars).describe('What you will be asked each time, complete in itself'),
      at: localTimeInput.optional(),
      cron: cronInput.optional(),
      timeZone: zoneInput.optional(),
    })
    .refine(({ at, cron }) => hasOneOf(at, cron), 'give either at or cron'),
  permission: 'ask',
  // The schedule's key is the call's: made twice, it is one.
  repeatable: true,
  summarize: ({ title, prompt, ...when }) => `Set a task ${describeWhen(when)}, “${title}”: ${prompt}`,
  run({ title, prompt, ...when }, { idempotencyKey, ownerId, threadId, timeZone: own, now }) {
    const timeZone = when.timeZone ?? own
    const rule = resolveRule(when, timeZone, now())
    const wanted = { ownerId, threadId, key: idempotencyKey, title, prompt, rule, timeZone }
    return withRefusals(async () => tellSchedule(await serviceMutation(api.service.schedules.save, wanted), now()))
  },
})
