/** A schedule as a model reads it: times in words, in the schedule's own zone. */
import type { FunctionReturnType } from 'convex/server'
import type { api } from '../../../convex/_generated/api.js'
import { describeRule, describeTime } from '../../chat/describeRule.ts'

type Schedule = FunctionReturnType<typeof api.service.schedules.list>[number]

/** Many of them must fit into one tool result. */
const promptChars = 120

export function tellSchedule(schedule: Schedule, now: number): Record<string, string | number> {
  const { key, title, prompt, rule, timeZone, state, threadTitle, nextAt, lastAt, lastMissed, runs } = schedule
  const asked = prompt.length > promptChars ? `${prompt.slice(0, promptChars).toWellFormed()}…` : prompt
  return {
    key,
    title,
    prompt: asked,
    when: describeRule(rule, timeZone, now),
    state,
    chat: threadTitle,
    runs,
    ...(nextAt === undefined ? {} : { next: describeTime(nextAt, timeZone) }),
    ...(lastAt === undefined ? {} : { last: describeTime(lastAt, timeZone) }),
    ...(lastMissed === undefined ? {} : { leftOut: lastMissed }),
  }
}
