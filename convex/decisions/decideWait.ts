/** What ends a wait, and how. One winner: whoever comes to a wait that is no longer open is late. */
import { maxAnswerChars } from '../../lib/chat/messageLimits.ts'
import type { Doc } from '../_generated/dataModel.js'
import type { Answer, Cause, WaitState } from '../validators.ts'

export type WaitEnd = { kind: 'person'; answer: Answer } | { kind: 'time' }

export type WaitDecision =
  /** `cause` null: nothing follows. */
  | { kind: 'end'; state: Exclude<WaitState, 'open'>; cause: Cause | null; answer?: string }
  | { kind: 'late'; state: WaitState; endedAt: number }
  /** Its time has not come. */
  | { kind: 'early' }
  | { kind: 'refused'; code: 'answer-empty' | 'answer-too-long' | 'answer-does-not-fit' }

type Wait = Pick<Doc<'waits'>, 'kind' | 'state' | 'until' | 'endedAt'>

export function decideWait(wait: Wait, end: WaitEnd, now: number): WaitDecision {
  if (wait.state !== 'open') return { kind: 'late', state: wait.state, endedAt: wait.endedAt ?? now }
  if (end.kind === 'time') return atItsTime(wait, now)
  // Its time is over, though nobody has rung yet: what was shown as “not done after” is not done. Never mind is always possible.
  const isOver = wait.kind !== 'time' && now >= wait.until && end.answer.kind !== 'cancel'
  return isOver ? atItsTime(wait, now) : byPerson(wait, end.answer)
}

function atItsTime(wait: Wait, now: number): WaitDecision {
  if (now < wait.until) return { kind: 'early' }
  return wait.kind === 'time'
    ? { kind: 'end', state: 'elapsed', cause: 'time' }
    : { kind: 'end', state: 'expired', cause: 'expiry' }
}

const skipCause = { time: 'time', question: 'answer' } as const

function byPerson(wait: Wait, answer: Answer): WaitDecision {
  switch (answer.kind) {
    case 'cancel':
      return { kind: 'end', state: 'cancelled', cause: null }
    case 'skip':
      // To skip an approval would leave open whether it is done: approve or deny.
      return wait.kind === 'approval' ? misfit : { kind: 'end', state: 'skipped', cause: skipCause[wait.kind] }
    case 'text':
      return wait.kind === 'question' ? ofText(answer.text) : misfit
    case 'approve':
      return wait.kind === 'approval' ? { kind: 'end', state: 'approved', cause: 'approval' } : misfit
    case 'deny': {
      if (wait.kind !== 'approval') return misfit
      const reason = (answer.reason ?? '').toWellFormed().trim()
      if (reason.length > maxAnswerChars) return { kind: 'refused', code: 'answer-too-long' }
      return { kind: 'end', state: 'denied', cause: 'approval', ...(reason === '' ? {} : { answer: reason }) }
    }
  }
}

const misfit: WaitDecision = { kind: 'refused', code: 'answer-does-not-fit' }

function ofText(raw: string): WaitDecision {
  const text = raw.toWellFormed().trim()
  if (text === '') return { kind: 'refused', code: 'answer-empty' }
  if (text.length > maxAnswerChars) return { kind: 'refused', code: 'answer-too-long' }
  return { kind: 'end', state: 'answered', cause: 'answer', answer: text }
}
