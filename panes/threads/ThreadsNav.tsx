'use client'
// The list of threads: links under their days, each with what is going on in it. Presentational; the data is useThreads.ts.
import { clsx } from 'clsx'
import { SquarePen } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { Lamp, type LampTone } from '../../components/Lamp.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import type { ThreadStatus } from '../../lib/chat/messageStatus.ts'
import { groupThreads } from './groupThreads.ts'

export type ThreadSummary = { threadId: string; title: string; status: ThreadStatus; lastActivityAt: number }

export type ThreadsNavProps = {
  threads: readonly ThreadSummary[]
  isLoading: boolean
  /** Absent: there are no more. */
  loadMore?: (() => void) | undefined
  currentId: string | null
  now: number
  hrefOf: (threadId: string) => string
  open: (threadId: string) => void
  startNew: () => void
  /** Threads with a question or an approval that is open. */
  needYou?: ReadonlySet<string>
  /** Other places than threads, below “New chat”. */
  places?: ReactNode
}

const none: ReadonlySet<string> = new Set()

export function ThreadsNav({
  threads,
  isLoading,
  loadMore,
  currentId,
  now,
  hrefOf,
  open,
  startNew,
  needYou = none,
  places,
}: ThreadsNavProps) {
  return (
    <>
      <div className="px-3 pb-3">
        <button
          type="button"
          onClick={startNew}
          className="flex min-h-11 w-full items-center gap-2.5 rounded-xl border border-line bg-raised px-3.5 text-[0.9375rem] font-medium transition-colors hover:bg-hover"
        >
          <SquarePen size={16} aria-hidden="true" className="text-lamp" />
          {strings.threads.newChat}
        </button>
        {places === undefined ? null : <div className="pt-2">{places}</div>}
      </div>
      <nav
        aria-label={strings.threads.name}
        className="thin-scroll min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-4"
      >
        {threads.length === 0 && !isLoading ? (
          <p className="px-3 py-2 text-sm text-soft">{strings.threads.empty}</p>
        ) : null}
        {groupThreads(threads, now).map((group) => (
          <section key={group.name} aria-label={group.name} className="mb-4">
            <p aria-hidden="true" className="px-3 py-1.5 text-xs font-medium text-soft">
              {group.name}
            </p>
            <ul>
              {group.threads.map((thread) => (
                <li key={thread.threadId}>
                  <ThreadLink
                    thread={thread}
                    isCurrent={thread.threadId === currentId}
                    needsYou={needYou.has(thread.threadId)}
                    href={hrefOf(thread.threadId)}
                    open={open}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {loadMore === undefined ? null : <QuietButton onClick={loadMore}>{strings.threads.more}</QuietButton>}
      </nav>
    </>
  )
}

type ThreadLinkProps = {
  thread: ThreadSummary
  isCurrent: boolean
  needsYou: boolean
  href: string
  open: (threadId: string) => void
}

function ThreadLink({ thread, isCurrent, needsYou, href, open }: ThreadLinkProps) {
  const onClick = (event: MouseEvent) => {
    // A new tab or window is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    open(thread.threadId)
  }
  return (
    <a
      href={href}
      onClick={onClick}
      aria-current={isCurrent ? 'page' : undefined}
      data-thread-id={thread.threadId}
      data-status={thread.status}
      data-needs-you={needsYou}
      className={clsx(
        'flex min-h-10 items-center gap-2 rounded-lg px-3 py-1.5 text-[0.9375rem] leading-snug transition-colors hover:bg-hover',
        isCurrent && 'bg-bubble font-medium',
      )}
    >
      <span className="min-w-0 flex-1 truncate">{thread.title === '' ? strings.threads.untitled : thread.title}</span>
      <ThreadMark status={thread.status} needsYou={needsYou} />
    </a>
  )
}

const tones: Record<Exclude<ThreadStatus, 'idle'>, LampTone> = {
  pending: 'held',
  processing: 'lit',
  waiting: 'held',
  failed: 'bad',
}

/** That it needs the person comes before what else goes on in it. */
function ThreadMark({ status, needsYou }: { status: ThreadStatus; needsYou: boolean }) {
  if (status === 'idle' && !needsYou) return null
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-xs font-normal text-soft">
      <Lamp tone={needsYou || status === 'idle' ? 'asks' : tones[status]} />
      {needsYou || status === 'idle' ? strings.inbox.thread : strings.threads.status[status]}
    </span>
  )
}
