// A thread as the list shows it, and what can be done with one from there.
import type { ReactNode } from 'react'
import type { ThreadStatus } from '../../lib/chat/messageStatus.ts'

export type ThreadSummary = {
  threadId: string
  title: string
  status: ThreadStatus
  lastActivityAt: number
  pinnedAt?: number | undefined
  /** A reply has come since it was last looked at. */
  isUnread?: boolean
}

export type NamedThread = Pick<ThreadSummary, 'threadId' | 'title'>

/** `menu` draws the button behind which the rest is; `rename` turns the row into a field. */
export type RowDoings = {
  open: (threadId: string) => void
  hrefOf: (threadId: string) => string
  save: (thread: NamedThread) => void
  remove: (thread: NamedThread) => void
  menu: (thread: ThreadSummary, ways: { rename: () => void; tabIndex: number; isArchived: boolean }) => ReactNode
}
