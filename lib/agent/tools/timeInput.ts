/** What a model may write where a time is meant. Checked by the schema, so that nobody is asked to approve what cannot be done. */
import { z } from 'zod'
import { checkRule } from '../../chat/checkRule.ts'
import { instantOf, isTimeZone } from '../../chat/zonedTime.ts'

export const zoneInput = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone such as Europe/Paris')
  .describe("IANA time zone, for example Europe/Paris. Leave it out for the person's own.")

export const localTimeInput = z
  .string()
  .max(32)
  .refine((at) => instantOf(at, 'UTC') !== null, 'must be a local time such as 2026-11-24T09:00, without an offset')
  .describe('Local date and time, for example 2026-11-24T09:00')

export const cronInput = z
  .string()
  .max(120)
  .superRefine((cron, context) => {
    const problem = checkRule({ kind: 'cron', cron }, 'UTC', 0)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .describe(
    'Five cron fields in local time: minute, hour, day of month, month, day of week. “0 9 * * 1-5” is every weekday at nine',
  )

/** Of several ways to say when, one. */
export function hasOneOf(...ways: unknown[]): boolean {
  return ways.filter((way) => way !== undefined).length === 1
}
