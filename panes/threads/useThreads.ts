'use client'
// A person's threads: the pinned ones, the others by their newest activity, as many pages as were asked for; the archive once it is opened.
import { type PaginationStatus, usePaginatedQuery, useQuery } from 'convex/react'
import { useMemo, useRef, useState } from 'react'
import { api } from '../../convex/_generated/api.js'
import { useKeptThreads } from '../offline/useKeptThreads.ts'
import type { MoreToLoad } from './MoreThreads.tsx'
import type { ArchivedThreads } from './ThreadsNav.tsx'
import type { ThreadSummary } from './threadRow.ts'

const PAGE = 40
const none: readonly ThreadSummary[] = []
const firstArchived = { shelf: 'archived' as const, paginationOpts: { numItems: 1, cursor: null } }

export type ListedThreads = {
  threads: readonly ThreadSummary[]
  isLoading: boolean
  more: MoreToLoad | undefined
}

export type Threads = ListedThreads & { pinned: readonly ThreadSummary[]; archived: ArchivedThreads }

export function useThreads(isReady: boolean): Threads {
  const { results, status, loadMore } = usePaginatedQuery(api.threads.list, isReady ? {} : 'skip', {
    initialNumItems: PAGE,
  })
  const pinned = useQuery(api.threads.pinned, isReady ? {} : 'skip')
  const isLoaded = isReady && status !== 'LoadingFirstPage' && pinned !== undefined
  const fresh = useMemo(() => (isLoaded ? { pinned, threads: results } : null), [isLoaded, pinned, results])
  // While the connection signs in again, the list that was there stays; before it has signed in, the one that this device remembers.
  const kept = useRef(fresh)
  if (fresh !== null) kept.current = fresh
  const remembered = useKeptThreads(fresh)
  const listed = kept.current ?? remembered
  return {
    pinned: listed?.pinned ?? none,
    threads: listed?.threads ?? none,
    isLoading: listed === null,
    more: moreOf(status, loadMore),
    archived: useArchive(isReady),
  }
}

const moreOf = (status: PaginationStatus, loadMore: (count: number) => void): MoreToLoad | undefined =>
  status === 'CanLoadMore' || status === 'LoadingMore'
    ? { load: () => loadMore(PAGE), isLoading: status === 'LoadingMore' }
    : undefined

function useArchive(isReady: boolean): ArchivedThreads {
  const [isOpen, setOpen] = useState(false)
  const { results, status, loadMore } = usePaginatedQuery(
    api.threads.list,
    isReady && isOpen ? { shelf: 'archived' as const } : 'skip',
    { initialNumItems: PAGE },
  )
  const first = useQuery(api.threads.list, isReady ? firstArchived : 'skip')
  const hasAny = (first?.page.length ?? 0) > 0
  return useMemo(
    () => ({
      hasAny,
      isOpen,
      toggle: () => setOpen((was) => !was),
      threads: results,
      isLoading: status === 'LoadingFirstPage',
      more: moreOf(status, loadMore),
    }),
    [hasAny, isOpen, results, status, loadMore],
  )
}
