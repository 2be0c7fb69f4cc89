'use client'
// The button for older threads. It stays while they come, and with the last of them it hands the focus on: it goes, the focus must not.
import { LoaderCircle } from 'lucide-react'
import { type MouseEvent, useLayoutEffect, useRef } from 'react'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import { firstNew } from './firstNew.ts'
import type { ThreadSummary } from './threadRow.ts'

/** Older threads than those that are listed. */
export type MoreToLoad = { load: () => void; isLoading: boolean }

type MoreThreadsProps = {
  /** Absent: there are no more. */
  more: MoreToLoad | undefined
  threads: readonly ThreadSummary[]
  focusRow: (threadId: string | undefined) => void
}

export function MoreThreads({ more, threads, focusRow }: MoreThreadsProps) {
  // What was listed when the button was pressed, for as long as the focus stays on it.
  const known = useRef<ReadonlySet<string> | null>(null)
  const isOver = more === undefined
  useLayoutEffect(() => {
    if (!isOver || known.current === null) return
    focusRow(firstNew(threads, known.current))
    known.current = null
  }, [isOver, threads, focusRow])
  if (more === undefined) return null
  const press = ({ currentTarget }: MouseEvent) => {
    if (document.activeElement === currentTarget) known.current = new Set(threads.map(({ threadId }) => threadId))
    more.load()
  }
  return (
    <QuietButton
      aria-disabled={more.isLoading}
      aria-busy={more.isLoading}
      onClick={press}
      onBlur={() => {
        known.current = null
      }}
    >
      {strings.threads.more}
      {more.isLoading ? <LoaderCircle size={14} aria-hidden="true" className="animate-spin" /> : null}
    </QuietButton>
  )
}
