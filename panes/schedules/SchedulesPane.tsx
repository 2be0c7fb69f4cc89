'use client'
// Scheduled tasks: the list, one form at a time, and a way back from a deletion.
import { useQuery } from 'convex/react'
import { Plus } from 'lucide-react'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { MainButton } from '../../components/MainButton.tsx'
import { scheduleStrings } from '../../components/strings/schedules.ts'
import { strings } from '../../components/strings.ts'
import { useNow } from '../../components/useNow.ts'
import { api } from '../../convex/_generated/api.js'
import { browserZone } from '../settings/timeZones.ts'
import { type ListedThreads, useThreads } from '../threads/useThreads.ts'
import { EmptySchedules } from './EmptySchedules.tsx'
import { ScheduleForm } from './ScheduleForm.tsx'
import { ScheduleItem } from './ScheduleItem.tsx'
import { useRemoval } from './useRemoval.ts'
import { type ScheduleData, type ScheduleDoings, useScheduleDoings, useSchedules } from './useSchedules.ts'

const say = scheduleStrings

export function SchedulesPane({ isReady }: { isReady: boolean }) {
  const tasks = useSchedules(isReady)
  const { pinned, threads, ...more } = useThreads(isReady)
  const listed = useMemo(() => [...pinned, ...threads], [pinned, threads])
  const preferences = useQuery(api.preferences.get, isReady ? {} : 'skip')
  const doings = useScheduleDoings()
  const remove = useRemoval(doings)
  return (
    <section
      aria-label={strings.schedules.name}
      className="thin-scroll min-h-0 flex-1 overflow-y-auto overscroll-contain"
    >
      <div className="mx-auto flex min-h-full w-full max-w-[46rem] flex-col px-4 pt-4 pb-[max(2rem,var(--safe-bottom))] sm:px-8">
        {tasks === null ? (
          <Loading />
        ) : (
          <ScheduleList
            tasks={tasks}
            threads={{ ...more, threads: listed }}
            mine={preferences?.timeZone ?? browserZone()}
            doings={{ ...doings, remove }}
          />
        )}
      </div>
    </section>
  )
}

type ScheduleListProps = {
  tasks: readonly ScheduleData[]
  threads: ListedThreads
  mine: string
  doings: ScheduleDoings
}

/** Whose form is open: a task as it was when it was opened, or null for a new one. */
type Open = { task: ScheduleData | null }

export function ScheduleList({ tasks, threads, mine, doings }: ScheduleListProps) {
  const [open, setOpen] = useState<Open | null>(null)
  const now = useNow(true, 10_000)
  const list = useRef<HTMLDivElement>(null)
  const back = useRef<Open | null>(null)
  const close = () => {
    back.current = open
    setOpen(null)
  }
  const focus = useCallback((name: string) => list.current?.querySelector<HTMLElement>(name)?.focus(), [])
  // The form that was opened has the focus; when it goes away, the button that opened it.
  useLayoutEffect(() => {
    if (open !== null) focus('form input')
    else if (back.current !== null) {
      const { task } = back.current
      back.current = null
      focus(task === null ? '[data-new]' : `[data-edit="${CSS.escape(task.key)}"]`)
    }
  }, [open, focus])
  const remove = async (task: ScheduleData) => {
    await doings.remove(task)
    if (isInside(document.activeElement, task.key)) focus('[data-new]')
  }
  const form = (task: ScheduleData | null) => (
    <ScheduleForm task={task} threads={threads} mine={mine} save={doings.save} close={close} />
  )
  // One that was deleted elsewhere while it is edited keeps its form: saved, it is there again.
  const isAbove = open !== null && !tasks.some(({ key }) => key === open.task?.key)
  return (
    <div ref={list} className="flex flex-1 flex-col">
      {isAbove ? (
        form(open.task)
      ) : (
        <MainButton type="button" data-new="" className="self-start" onClick={() => setOpen({ task: null })}>
          <Plus size={16} aria-hidden="true" />
          {say.new}
        </MainButton>
      )}
      {tasks.length === 0 && open === null ? <EmptySchedules /> : null}
      <ul className="mt-3 divide-y divide-line">
        {tasks.map((task) =>
          open?.task?.key === task.key ? (
            <li key={task.key}>{form(open.task)}</li>
          ) : (
            <ScheduleItem
              key={task.key}
              task={task}
              mine={mine}
              now={now}
              doings={{ ...doings, remove }}
              edit={() => setOpen({ task })}
            />
          ),
        )}
      </ul>
    </div>
  )
}

/** Gone with the item, or still in it. */
function isInside(focused: Element | null, key: string): boolean {
  return focused === document.body || focused?.closest(`[data-schedule-key="${CSS.escape(key)}"]`) != null
}

function Loading() {
  return (
    <div role="status" aria-label={say.loading} className="animate-pulse space-y-4 pt-4">
      <div className="h-10 w-32 rounded-full bg-bubble" />
      <div className="h-28 rounded-xl bg-bubble" />
    </div>
  )
}
