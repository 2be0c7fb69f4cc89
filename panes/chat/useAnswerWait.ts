'use client'
// The database's side of answering a wait.
import { useMutation } from 'convex/react'
import { useCallback } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { AnswerWait } from './useAnswering.ts'

export function useAnswerWait(): AnswerWait {
  const answerWait = useMutation(api.waits.answer)
  return useCallback<AnswerWait>((waitId, answer) => answerWait({ waitId, answer }), [answerWait])
}
