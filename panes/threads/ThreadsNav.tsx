'use client'
// The list of threads: the pinned ones, the others under their days, and the archived ones in a fold at the end. Presentational; the data is
// useThreads.ts.
import { ChevronRight, Search, SquarePen } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { strings } from '../../components/strings.ts'
import { groupThreads } from './groupThreads.ts'
import { MoreThreads, type MoreToLoad } from './MoreThreads.tsx'
import { ThreadRow } from './ThreadRow.tsx'
import type { RowDoings, ThreadSummary } from './threadRow.ts'
import { useGlide } from './useGlide.ts'
import { useRowKeys } from './useRowKeys.ts'

export type ArchivedThreads = {
  /** Something is archived. */
  hasAny: boolean
  isOpen: boolean
  toggle: () => void
  threads: readonly ThreadSummary[]
  isLoading: boolean
  more?: MoreToLoad | undefined
}

export type ThreadsNavProps = {
  pinned?: readonly ThreadSummary[]
  threads: readonly ThreadSummary[]
  isLoading: boolean
  /** Absent: there are no more. */
  more?: MoreToLoad | undefined
  archived?: ArchivedThreads
  currentId: string | null
  now: number
  startNew: () => void
  /** Absent: there is nothing to search with. */
  search?: (() => void) | undefined
  /** Threads with a question or an approval that is open. */
  needYou?: ReadonlySet<string>
  /** Other places than threads, below “New chat”. */
  places?: ReactNode
  doings: RowDoings
}

const noneAsks: ReadonlySet<string> = new Set()
const none: readonly ThreadSummary[] = []

export function ThreadsNav(props: ThreadsNavProps) {
  const { pinned = none, threads, isLoading, more, archived, currentId, now, needYou = noneAsks, doings } = props
  const [renamedId, setRenamedId] = useState<string | null>(null)
  const listed = [...pinned, ...threads, ...(archived?.isOpen === true ? archived.threads : none)]
  const { list, stopId, onKeyDown, focusRow } = useRowKeys({
    threads: listed,
    currentId,
    rename: setRenamedId,
    remove: doings.remove,
  })
  useGlide(list)
  const endRename = (threadId: string, title: string | null) => {
    setRenamedId(null)
    if (title !== null) doings.save({ threadId, title })
    // Once the row is a link again.
    requestAnimationFrame(() => focusRow(threadId))
  }
  const rows = (of: readonly ThreadSummary[], isArchived = false) => (
    <ul>
      {of.map((thread) => (
        <ThreadRow
          key={thread.threadId}
          thread={thread}
          isCurrent={thread.threadId === currentId}
          needsYou={needYou.has(thread.threadId)}
          isArchived={isArchived}
          isRenamed={thread.threadId === renamedId}
          isTabStop={thread.threadId === stopId}
          rename={setRenamedId}
          endRename={endRename}
          doings={doings}
        />
      ))}
    </ul>
  )
  return (
    <>
      <NavTop {...props} />
      <nav
        ref={list}
        aria-label={strings.threads.name}
        onKeyDown={onKeyDown}
        className="thin-scroll relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-4"
      >
        {listed.length === 0 && !isLoading ? (
          <p className="px-3 py-2 text-sm text-soft">{strings.threads.empty}</p>
        ) : null}
        {pinned.length === 0 ? null : <Group name={strings.threads.pinned}>{rows(pinned)}</Group>}
        {groupThreads(threads, now).map((group) => (
          <Group key={group.name} name={group.name}>
            {rows(group.threads)}
          </Group>
        ))}
        <MoreThreads more={more} threads={threads} focusRow={focusRow} />
        {archived === undefined || isLoading ? null : (
          <ArchivedFold archived={archived} rows={rows} focusRow={focusRow} />
        )}
      </nav>
    </>
  )
}

function NavTop({ startNew, search, places }: ThreadsNavProps) {
  return (
    <div className="px-3 pb-3">
      <div className="flex gap-1.5">
        <button
          type="button"
          onClick={startNew}
          className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 rounded-xl border border-line bg-raised px-3.5 text-[0.9375rem] font-medium transition-colors hover:bg-hover"
        >
          <SquarePen size={16} aria-hidden="true" className="text-lamp" />
          {strings.threads.newChat}
        </button>
        {search === undefined ? null : (
          <button
            type="button"
            aria-label={strings.threads.search}
            title={strings.threads.search}
            aria-keyshortcuts="Control+K Meta+K"
            onClick={search}
            className="grid size-11 shrink-0 place-items-center rounded-xl border border-line bg-raised text-soft transition-colors hover:bg-hover hover:text-ink"
          >
            <Search size={17} aria-hidden="true" />
          </button>
        )}
      </div>
      {places === undefined ? null : <div className="pt-2">{places}</div>}
    </div>
  )
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} data-glides={name} className="relative mb-4">
      <p aria-hidden="true" className="px-3 py-1.5 text-xs font-medium text-soft">
        {name}
      </p>
      {children}
    </section>
  )
}

type ArchivedFoldProps = {
  archived: ArchivedThreads
  rows: (of: readonly ThreadSummary[], isArchived: boolean) => ReactNode
  focusRow: (threadId: string | undefined) => void
}

function ArchivedFold({ archived, rows, focusRow }: ArchivedFoldProps) {
  const { hasAny, isOpen, toggle, threads, isLoading, more } = archived
  // Once opened it stays: what is brought back from it may have been the last.
  if (!hasAny && !isOpen) return null
  return (
    <section aria-label={strings.threads.archived} data-glides={strings.threads.archived} className="relative">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={toggle}
        className="flex min-h-9 w-full items-center gap-1 rounded-lg px-3 text-xs font-medium text-soft transition-colors hover:bg-hover hover:text-ink pointer-coarse:min-h-11"
      >
        {strings.threads.archived}
        <ChevronRight size={13} aria-hidden="true" className={`transition-transform ${isOpen ? 'rotate-90' : ''}`} />
      </button>
      {!isOpen || isLoading ? null : threads.length === 0 ? (
        <p className="px-3 py-2 text-sm text-soft">{strings.threads.noneArchived}</p>
      ) : (
        rows(threads, true)
      )}
      {isOpen ? <MoreThreads more={more} threads={threads} focusRow={focusRow} /> : null}
    </section>
  )
}
