'use client'
// One thread of the list: a link with what goes on in it, and its menu; or the field in which it is renamed.
import { clsx } from 'clsx'
import type { MouseEvent } from 'react'
import { strings } from '../../components/strings.ts'
import { RenameField } from './RenameField.tsx'
import { ThreadMark } from './ThreadMark.tsx'
import type { RowDoings, ThreadSummary } from './threadRow.ts'

type ThreadRowProps = {
  thread: ThreadSummary
  isCurrent: boolean
  needsYou: boolean
  isArchived?: boolean
  isRenamed: boolean
  /** The one row of the list that Tab stops at; the arrow keys go on from there. */
  isTabStop: boolean
  rename: (threadId: string) => void
  endRename: (threadId: string, title: string | null) => void
  doings: RowDoings
}

export function ThreadRow(props: ThreadRowProps) {
  const { thread, isCurrent, isArchived = false, isRenamed, isTabStop, rename, endRename, doings } = props
  const { threadId, title } = thread
  if (isRenamed) {
    return (
      <li>
        <RenameField title={title} end={(written) => endRename(threadId, written)} />
      </li>
    )
  }
  return (
    <li
      data-row={threadId}
      data-glides={threadId}
      className={clsx(
        'group/row relative rounded-lg transition-colors hover:bg-hover',
        isCurrent && 'bg-bubble font-medium',
      )}
    >
      <RowLink {...props} />
      <span className="absolute inset-y-0 right-0.5 flex items-center opacity-0 transition-opacity group-focus-within/row:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100 has-aria-expanded:opacity-100">
        {doings.menu(thread, { rename: () => rename(threadId), tabIndex: isTabStop ? 0 : -1, isArchived })}
      </span>
    </li>
  )
}

function RowLink({ thread, isCurrent, needsYou, isTabStop, doings }: ThreadRowProps) {
  const { threadId, title, status, isUnread = false } = thread
  // What is on screen is being read.
  const isMarked = isUnread && !isCurrent
  const onClick = (event: MouseEvent) => {
    // A new tab or window is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    doings.open(threadId)
  }
  return (
    <a
      href={doings.hrefOf(threadId)}
      onClick={onClick}
      tabIndex={isTabStop ? 0 : -1}
      aria-current={isCurrent ? 'page' : undefined}
      data-thread-id={threadId}
      data-status={status}
      data-needs-you={needsYou}
      data-unread={isMarked}
      className="flex min-h-10 items-center gap-2 rounded-lg py-1.5 pr-3 pl-3 text-[0.9375rem] leading-snug group-focus-within/row:pr-10 group-hover/row:pr-10 pointer-coarse:min-h-11 pointer-coarse:pr-11"
    >
      <span dir="auto" className={clsx('min-w-0 flex-1 truncate', isMarked && 'font-semibold')}>
        {title === '' ? strings.threads.untitled : title}
      </span>
      {isMarked ? <UnreadDot /> : null}
      <ThreadMark status={status} needsYou={needsYou} />
    </a>
  )
}

function UnreadDot() {
  return (
    <>
      <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-lamp" />
      <span className="sr-only">{strings.threads.unread}</span>
    </>
  )
}
