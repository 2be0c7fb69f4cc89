// What an input that is no message of the person's own says about itself. Pure.
import { strings } from '../../components/strings.ts'
import type { Continues } from './placeContinuations.ts'

const say = strings.continuation

/** `text` is the row's: an answer's words, the prompt of a schedule, why something was not approved. */
export type ContinuationWords =
  /** The person's own words: drawn as theirs. */
  { kind: 'answer'; caption: string; text: string } | { kind: 'row'; words: string; text: string }

export function describeContinuation({ cause, wait }: Continues, text: string): ContinuationWords {
  const row = (words: string): ContinuationWords => ({ kind: 'row', words, text })
  const what = wait?.summary ?? wait?.tool
  switch (cause) {
    case 'answer': {
      if (text === '') return row(say.skipped)
      const caption = wait?.question === undefined ? say.answer : say.answerTo(wait.question)
      return { kind: 'answer', caption, text }
    }
    case 'approval':
      if (wait === undefined || what === undefined) return row(say.approvalUnknown)
      return row(wait.state === 'denied' ? say.denied(what) : say.approved(what))
    case 'time':
      if (wait === undefined) return row(say.timeUnknown)
      return row(wait.state === 'skipped' ? say.wentOn : say.elapsed)
    case 'expiry':
      return row(wait?.kind === 'approval' && what !== undefined ? say.expiredNotDone(what) : say.expired)
    case 'schedule':
      return row(say.schedule)
    case 'continue':
      return row(say.continue)
  }
}
