'use client'
// The person's scheduled tasks, live, and what can be done with one.
import { useMutation, useQuery } from 'convex/react'
import type { FunctionArgs, FunctionReturnType } from 'convex/server'
import { useMemo, useRef } from 'react'
import { api } from '../../convex/_generated/api.js'
import { createId } from '../chat/createId.ts'

export type ScheduleData = FunctionReturnType<typeof api.schedules.list>[number]
export type WantedTask = FunctionArgs<typeof api.schedules.save>
export type Ran = FunctionReturnType<typeof api.schedules.runNow>['kind']

export type ScheduleDoings = {
  save: (wanted: WantedTask) => Promise<unknown>
  setState: (key: string, state: 'active' | 'paused') => Promise<unknown>
  runNow: (key: string) => Promise<Ran>
  remove: (task: ScheduleData) => Promise<unknown>
}

/** Null while it is fetched for the first time; what was there stays while the connection signs in again. */
export function useSchedules(isReady: boolean): readonly ScheduleData[] | null {
  const fresh = useQuery(api.schedules.list, isReady ? {} : 'skip')
  const kept = useRef<readonly ScheduleData[] | null>(null)
  if (fresh !== undefined) kept.current = fresh
  return kept.current
}

export function useScheduleDoings(): ScheduleDoings {
  const save = useMutation(api.schedules.save)
  const setState = useMutation(api.schedules.setState)
  const runNow = useMutation(api.schedules.runNow)
  const remove = useMutation(api.schedules.remove)
  return useMemo(
    () => ({
      save,
      setState: (key, state) => setState({ key, state }),
      // Each press is one run, however often it is sent.
      runNow: async (key) => (await runNow({ key, id: createId() })).kind,
      remove: ({ key }) => remove({ key }),
    }),
    [save, setState, runNow, remove],
  )
}
