// What an ended wait says about itself: how it ended, with which answer, and what it had been about. Pure.
import { waitStrings } from '../../components/strings/waits.ts'
import type { WaitState, WaitView } from '../../convex/validators.ts'

const { ended, late } = waitStrings

export type EndWords = {
  words: string
  /** What was asked or waited for. */
  about?: string
}

export function describeEnd(wait: WaitView): EndWords {
  const about = aboutOf(wait)
  return { words: wordsOf(wait), ...(about === undefined || about === '' ? {} : { about }) }
}

function wordsOf({ kind, state, answer = '' }: WaitView): string {
  switch (state) {
    case 'open':
      return waitStrings.open
    case 'answered':
      return ended.answered(answer)
    case 'approved':
      return ended.approved
    case 'denied':
      return answer === '' ? ended.denied : ended.deniedBecause(answer)
    case 'skipped':
      return kind === 'time' ? ended.wentOn : ended.skipped
    case 'elapsed':
      return ended.elapsed
    case 'expired':
      return kind === 'approval' ? ended.expiredNotDone : ended.expired
    case 'cancelled':
      return kind === 'approval' ? ended.cancelledNotDone : ended.cancelled
  }
}

function aboutOf({ kind, question, summary, tool, reason }: WaitView): string | undefined {
  if (kind === 'question') return question
  return kind === 'approval' ? (summary ?? tool) : reason
}

/** For whoever pressed too late: who was first, and with what. `answer` is known once the row has been seen. */
export function describeLate(state: WaitState, kind: WaitView['kind'], answer: string | undefined): string {
  switch (state) {
    case 'answered':
      return answer === undefined ? late.answered : late.answeredWith(answer)
    case 'approved':
      return late.approved
    case 'denied':
      return late.denied
    case 'skipped':
      return kind === 'time' ? late.wentOn : late.skipped
    case 'cancelled':
      return late.cancelled
    case 'elapsed':
      return late.elapsed
    case 'expired':
    case 'open':
      return late.expired
  }
}
