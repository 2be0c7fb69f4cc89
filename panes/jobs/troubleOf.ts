// An error as a job explains it: what was said, why it happens, what helps. Pure.
import { jobsStrings } from '../../components/strings/jobs.ts'
import { chatErrors, isChatErrorCode } from '../../lib/chat/chatError.ts'

export type Trouble = { message: string; cause?: string; hint?: string }

export function troubleOf({ code, message }: { code: string; message: string }): Trouble {
  const known = Object.hasOwn(jobsStrings.troubles, code) ? jobsStrings.troubles[code] : undefined
  if (known !== undefined) return { message, ...known }
  // A code of another deploy, or one that jobs do not end in: the hint that everybody gets.
  return isChatErrorCode(code) ? { message, hint: chatErrors[code].hint } : { message }
}
