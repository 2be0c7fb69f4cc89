'use client'
// A task is deleted at once, and a notice offers it back. One that is over cannot be set again: its notice leads to what it left behind.
import { useCallback } from 'react'
import { scheduleStrings } from '../../components/strings/schedules.ts'
import { showNotice } from '../notices/showNotice.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import { explainSchedule } from './explainSchedule.ts'
import type { ScheduleData, ScheduleDoings } from './useSchedules.ts'

const say = scheduleStrings

export function useRemoval({ remove, save }: ScheduleDoings): ScheduleDoings['remove'] {
  const { open } = useWorkspace()
  return useCallback(
    async (task: ScheduleData) => {
      await remove(task)
      const show = { label: say.show, run: () => open(task.threadId) }
      const undo = { label: say.undo, run: () => void bringBack(task) }
      showNotice(`schedule:${task.key}`, {
        tone: 'quiet',
        words: say.removed(task.title),
        action: task.state === 'done' ? show : undo,
      })

      async function bringBack({ key, title, prompt, rule, timeZone, threadId, state, createdBy }: ScheduleData) {
        const restores = { createdBy, isPaused: state === 'paused' }
        try {
          await save({ key, title, prompt, rule, timeZone, threadId, restores })
        } catch (cause) {
          console.warn(`The task ${key} could not be brought back.`, cause)
          showNotice(`schedule:${key}`, {
            tone: 'bad',
            words: say.undoFailed(title),
            more: explainSchedule(cause),
            action: undo,
          })
        }
      }
    },
    [open, remove, save],
  )
}
