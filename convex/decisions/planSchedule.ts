/** What saving, pausing and resuming change about a schedule. Every change has a version of its own, so that older timers do nothing. */

import type { ChatErrorCode } from '../../lib/chat/chatError.ts'
import { checkRule, tidyRule } from '../../lib/chat/checkRule.ts'
import { maxPromptChars, maxTitleChars } from '../../lib/chat/messageLimits.ts'
import { nextRun } from '../../lib/chat/nextRun.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { Rule } from '../validators.ts'
import { tidyModelTitle, tidyTitle } from './tidyTitle.ts'

export interface WantedSchedule {
  title: string
  prompt: string
  rule: Rule
  timeZone: string
}

type Schedule = Pick<
  Doc<'schedules'>,
  'title' | 'prompt' | 'rule' | 'timeZone' | 'thread' | 'state' | 'version' | 'nextAt'
>

export type SchedulePlan<Change> =
  /** It is so already: a click that was repeated. */
  { kind: 'same' } | { kind: 'change'; change: Change } | { kind: 'refused'; code: ChatErrorCode; message?: string }

export type Timing = Pick<Schedule, 'state' | 'version'> & { nextAt: number | undefined }

/** A whole row's words and times. */
export type SavedTiming = WantedSchedule & Pick<Schedule, 'thread'> & Timing

const titleFromPromptChars = 60

/** A title that is missing is the beginning of the prompt. */
export function titleOf(title: string, prompt: string): string {
  return tidyTitle(title) || tidyModelTitle(prompt.toWellFormed().trim(), titleFromPromptChars)
}

export function planSave(
  existing: Schedule | null,
  wanted: WantedSchedule & Pick<Schedule, 'thread'>,
  now: number,
): SchedulePlan<SavedTiming> {
  const prompt = wanted.prompt.toWellFormed().trim()
  const tidy = {
    thread: wanted.thread,
    title: titleOf(wanted.title, prompt),
    prompt,
    rule: tidyRule(wanted.rule),
    timeZone: wanted.timeZone,
  }
  const refused = refuseWords(tidy)
  if (refused) return { kind: 'refused', code: refused }
  const sameTime = existing !== null && isSameTime(existing, tidy)
  if (sameTime && existing.thread === tidy.thread && existing.title === tidy.title && existing.prompt === tidy.prompt)
    return { kind: 'same' }
  // New words for a task that is over are fine; a new time begins it anew.
  if (sameTime) return { kind: 'change', change: { ...tidy, ...keepTime(existing) } }
  const message = checkRule(tidy.rule, tidy.timeZone, now)
  if (message !== null) return { kind: 'refused', code: 'rule-not-valid', message }
  return { kind: 'change', change: { ...tidy, ...newTime(existing, tidy, now) } }
}

export function planState(existing: Schedule, state: 'active' | 'paused', now: number): SchedulePlan<Timing> {
  if (existing.state === state) return { kind: 'same' }
  const version = existing.version + 1
  if (state === 'paused')
    return existing.state === 'done'
      ? { kind: 'refused', code: 'schedule-over' }
      : { kind: 'change', change: { state, version, nextAt: undefined } }
  const nextAt = nextRun(existing.rule, existing.timeZone, now)
  if (nextAt === null) return { kind: 'refused', code: 'schedule-over' }
  return { kind: 'change', change: { state, version, nextAt } }
}

function refuseWords({ title, prompt }: WantedSchedule): ChatErrorCode | null {
  if (title.length > maxTitleChars) return 'title-too-long'
  if (prompt === '') return 'prompt-empty'
  return prompt.length > maxPromptChars ? 'prompt-too-long' : null
}

function isSameTime(existing: Schedule, { rule, timeZone }: WantedSchedule): boolean {
  if (existing.timeZone !== timeZone) return false
  if (rule.kind === 'once') return existing.rule.kind === 'once' && existing.rule.at === rule.at
  return existing.rule.kind === 'cron' && existing.rule.cron === rule.cron
}

/** What is due and has not rung yet stays due. */
function keepTime({ state, version, nextAt }: Schedule): Timing {
  return { state, version: version + 1, nextAt }
}

function newTime(existing: Schedule | null, { rule, timeZone }: WantedSchedule, now: number): Timing {
  const version = (existing?.version ?? 0) + 1
  if (existing?.state === 'paused') return { state: 'paused', version, nextAt: undefined }
  return { state: 'active', version, nextAt: nextRun(rule, timeZone, now) ?? undefined }
}
