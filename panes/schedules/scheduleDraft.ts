// A task as the form has it, and the rule it means. Pure.

import { scheduleStrings } from '../../components/strings/schedules.ts'
import { timeZoneStrings } from '../../components/strings/timeZone.ts'
import type { Rule } from '../../convex/validators.ts'
import { chatErrors } from '../../lib/chat/chatError.ts'
import { checkRule, tidyRule } from '../../lib/chat/checkRule.ts'
import { maxPromptChars, maxTitleChars } from '../../lib/chat/messageLimits.ts'
import { nextRuns } from '../../lib/chat/nextRun.ts'
import { instantOf, isTimeZone, localOf } from '../../lib/chat/zonedTime.ts'
import type { ScheduleData } from './useSchedules.ts'

export const rhythms = ['once', 'daily', 'weekdays', 'weekly', 'cron'] as const
export type Rhythm = (typeof rhythms)[number]

export type ScheduleDraft = {
  title: string
  prompt: string
  rhythm: Rhythm
  /** `2026-11-24T09:00`, for what runs once. */
  at: string
  /** `09:00`, for what is repeated. */
  time: string
  /** 0 is Sunday. */
  days: readonly number[]
  cron: string
  timeZone: string
  /** Null: a chat of its own. */
  threadId: string | null
}

export type DraftErrors = { title?: string; prompt?: string; when?: string; timeZone?: string }

/** Tomorrow morning is a likely wish, and a time that lies ahead. */
export function newDraft(timeZone: string, now: number): ScheduleDraft {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC'
  return {
    title: '',
    prompt: '',
    rhythm: 'daily',
    at: `${localOf(now + 24 * 60 * 60 * 1000, zone).slice(0, 10)}T09:00`,
    time: '09:00',
    days: [1],
    cron: '0 9 * * 1-5',
    timeZone: zone,
    threadId: null,
  }
}

export function draftOf(task: ScheduleData, now: number): ScheduleDraft {
  const { title, prompt, rule, timeZone, threadId } = task
  const draft = { ...newDraft(timeZone, now), title, prompt, timeZone, threadId }
  if (rule.kind === 'cron') return { ...draft, cron: rule.cron, ...readCron(rule.cron) }
  return { ...draft, rhythm: 'once', at: isTimeZone(timeZone) ? localOf(rule.at, timeZone).slice(0, 16) : '' }
}

const simpleCron = /^(\d{1,2}) (\d{1,2}) \* \* (\*|[0-7](?:,[0-7])*|1-5)$/

/** What the form has fields for; anything else stays a cron expression. */
function readCron(cron: string): Partial<ScheduleDraft> & { rhythm: Rhythm } {
  const [, minute = '', hour = '', weekday = ''] = simpleCron.exec(cron.trim()) ?? []
  if (weekday === '' || Number(minute) > 59 || Number(hour) > 23) return { rhythm: 'cron' }
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  if (weekday === '*') return { rhythm: 'daily', time }
  if (weekday === '1-5') return { rhythm: 'weekdays', time }
  return {
    rhythm: 'weekly',
    time,
    days: [...new Set(weekday.split(',').map((day) => Number(day) % 7))].sort(ascending),
  }
}

export type Ruled = { ok: true; rule: Rule } | { ok: false; why: string }

export function ruleOf(draft: ScheduleDraft): Ruled {
  const say = scheduleStrings.form
  if (draft.rhythm === 'cron') return { ok: true, rule: tidyRule({ kind: 'cron', cron: draft.cron }) }
  if (draft.rhythm === 'once') {
    const at = isTimeZone(draft.timeZone) ? instantOf(draft.at, draft.timeZone) : null
    return at === null ? { ok: false, why: say.noTime } : { ok: true, rule: { kind: 'once', at } }
  }
  const [hour = '', minute = ''] = draft.time.split(':')
  if (hour === '' || minute === '') return { ok: false, why: say.noTime }
  if (draft.rhythm === 'weekly' && draft.days.length === 0) return { ok: false, why: say.noDay }
  const days = { daily: '*', weekdays: '1-5', weekly: [...draft.days].sort(ascending).join(',') }[draft.rhythm]
  return { ok: true, rule: { kind: 'cron', cron: `${Number(minute)} ${Number(hour)} * * ${days}` } }
}

/** `before`: what is edited. Its time may have passed and stay as it is, when only its words change. */
export function checkDraft(draft: ScheduleDraft, before: ScheduleData | null, now: number): DraftErrors {
  const errors: DraftErrors = {}
  const sentence = ({ message, hint }: { message: string; hint: string }) => `${message} ${hint}`
  if (draft.title.trim().length > maxTitleChars) errors.title = sentence(chatErrors['title-too-long'])
  if (draft.prompt.trim() === '') errors.prompt = sentence(chatErrors['prompt-empty'])
  if (draft.prompt.trim().length > maxPromptChars) errors.prompt = sentence(chatErrors['prompt-too-long'])
  if (!isTimeZone(draft.timeZone)) return { ...errors, timeZone: timeZoneStrings.notOne }
  const why = checkWhen(draft, before, now)
  return why === null ? errors : { ...errors, when: why }
}

function checkWhen(draft: ScheduleDraft, before: ScheduleData | null, now: number): string | null {
  const ruled = ruleOf(draft)
  if (!ruled.ok) return ruled.why
  if (before !== null && before.timeZone === draft.timeZone && isSameRule(before.rule, ruled.rule)) return null
  return checkRule(ruled.rule, draft.timeZone, now)
}

/** The form knows minutes: a task that was set to the second keeps its seconds as long as nobody changes its minute. */
export function keepSeconds(rule: Rule, before: ScheduleData | null): Rule {
  return before !== null && isSameRule(before.rule, rule) ? before.rule : rule
}

function isSameRule(one: Rule, other: Rule): boolean {
  if (one.kind === 'once') return other.kind === 'once' && minuteOf(one.at) === minuteOf(other.at)
  return other.kind === 'cron' && one.cron === other.cron
}

const ascending = (one: number, other: number) => one - other
const minuteOf = (at: number) => Math.floor(at / 60_000)

/** Empty while something is wrong. */
export function previewOf(draft: ScheduleDraft, before: ScheduleData | null, now: number, most = 3): number[] {
  const ruled = ruleOf(draft)
  if (!ruled.ok || !isTimeZone(draft.timeZone) || checkWhen(draft, before, now) !== null) return []
  return nextRuns(ruled.rule, draft.timeZone, now, most)
}
