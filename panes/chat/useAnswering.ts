'use client'
// Answering one wait: which button was pressed and what came of it. One press counts; it stays pressed until the card has changed.
import { useCallback, useEffect, useRef, useState } from 'react'
import { waitStrings } from '../../components/strings/waits.ts'
import type { Answer, WaitState } from '../../convex/validators.ts'
import { explainFailure } from './explainFailure.ts'

/** `late`: somebody else, or time, was first. */
export type AnswerOutcome = { kind: 'ended' } | { kind: 'late'; state: WaitState; endedAt: number }
export type AnswerWait = (waitId: string, answer: Answer) => Promise<AnswerOutcome>

export type Progress =
  | { kind: 'idle' }
  | { kind: 'sending'; pressed: string; isSlow: boolean }
  /** Saved; the row that says so is on its way. */
  | { kind: 'saved'; pressed: string }
  | { kind: 'late'; state: WaitState }
  | { kind: 'failed'; why: string }

/** `pressed` names the button. */
export type Press = (pressed: string, answer: Answer) => void

const idle: Progress = { kind: 'idle' }
/** A change waits for the connection without a word: until it is said, the person may believe that it is saved. */
const SLOW_AFTER_MS = 4_000

export function useAnswering(waitId: string, answerWait: AnswerWait, onSaved: () => void): [Progress, Press] {
  const [progress, setProgress] = useState(idle)
  const isTaken = useRef(false)
  const press = useCallback<Press>(
    (pressed, answer) => {
      if (isTaken.current) return
      isTaken.current = true
      setProgress({ kind: 'sending', pressed, isSlow: false })
      answerWait(waitId, answer).then(
        (outcome) => {
          if (outcome.kind === 'ended') onSaved()
          setProgress(outcome.kind === 'ended' ? { kind: 'saved', pressed } : { kind: 'late', state: outcome.state })
        },
        (cause: unknown) => {
          console.warn(`The answer to ${waitId} was not saved.`, cause)
          isTaken.current = false
          setProgress({ kind: 'failed', why: explainFailure(cause, waitStrings.failed) })
        },
      )
    },
    [waitId, answerWait, onSaved],
  )
  const isSending = progress.kind === 'sending'
  useEffect(() => {
    if (!isSending) return
    const timer = setTimeout(
      () => setProgress((now) => (now.kind === 'sending' ? { ...now, isSlow: true } : now)),
      SLOW_AFTER_MS,
    )
    return () => clearTimeout(timer)
  }, [isSending])
  return [progress, press]
}
