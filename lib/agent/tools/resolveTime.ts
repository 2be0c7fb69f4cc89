/** A time that a model names, as a moment. Refusals are sentences that it can act on. */
import { describeTime } from '../../chat/describeRule.ts'
import { instantOf } from '../../chat/zonedTime.ts'
import { BadToolInput } from './defineTool.ts'

const YEAR_MS = 366 * 24 * 60 * 60 * 1000

/** `at` is local in `timeZone`; skipped and doubled times as instantOf says. */
export function resolveTime(at: string, timeZone: string, now: number): number {
  const moment = instantOf(at, timeZone)
  if (moment === null)
    throw new BadToolInput(`“${at}” is no local time. Write it as 2026-11-24T09:00, without an offset.`)
  if (moment <= now)
    throw new BadToolInput(
      `${at} in ${timeZone} has passed: there it is ${describeTime(now, timeZone)}. Choose a time that lies ahead.`,
    )
  return moment
}

/** Nothing is waited for longer than a year. */
export function resolveWait(
  { seconds, at, timeZone }: { seconds?: number | undefined; at?: string | undefined; timeZone: string },
  now: number,
): number {
  const until = at === undefined ? now + (seconds ?? 0) * 1000 : resolveTime(at, timeZone, now)
  if (until > now + YEAR_MS)
    throw new BadToolInput('That is more than a year ahead. Set a scheduled task for it instead.')
  return until
}
