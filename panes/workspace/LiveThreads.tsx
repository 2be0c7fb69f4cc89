'use client'
// The list of threads with its data, and with what can be done there.
import { type ReactNode, useMemo } from 'react'
import { useNow } from '../../components/useNow.ts'
import { ThreadMenu } from '../threads/ThreadMenu.tsx'
import { ThreadsNav } from '../threads/ThreadsNav.tsx'
import type { RowDoings } from '../threads/threadRow.ts'
import { useThreadDoings } from '../threads/useThreadDoings.ts'
import { useThreads } from '../threads/useThreads.ts'
import { pathOfThread } from './threadRoute.ts'

type LiveThreadsProps = {
  isReady: boolean
  currentId: string | null
  needYou: ReadonlySet<string>
  places: ReactNode
  open: (threadId: string) => void
  startNew: () => void
  search: () => void
}

const LOOK_MS = 60_000

export function LiveThreads({ isReady, open, ...rest }: LiveThreadsProps) {
  const threads = useThreads(isReady)
  // Yesterday begins while the page is open.
  const now = useNow(true, LOOK_MS)
  const { rename, remove } = useThreadDoings()
  const doings = useMemo<RowDoings>(
    () => ({
      open,
      hrefOf: pathOfThread,
      save: rename,
      remove,
      menu: ({ threadId, title, pinnedAt }, ways) => (
        <ThreadMenu threadId={threadId} title={title} isPinned={pinnedAt !== undefined} {...ways} />
      ),
    }),
    [open, rename, remove],
  )
  return <ThreadsNav {...threads} {...rest} now={now} doings={doings} />
}
