'use client'
// A person's threads, newest activity first, as many pages as were asked for.
import { usePaginatedQuery } from 'convex/react'
import { useRef } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { ThreadSummary } from './ThreadsNav.tsx'

const PAGE = 40
const none: readonly ThreadSummary[] = []

export type Threads = { threads: readonly ThreadSummary[]; isLoading: boolean; loadMore: (() => void) | undefined }

export function useThreads(isReady: boolean): Threads {
  const { results, status, loadMore } = usePaginatedQuery(api.threads.list, isReady ? {} : 'skip', {
    initialNumItems: PAGE,
  })
  const isLoaded = isReady && status !== 'LoadingFirstPage'
  // While the connection signs in again, the list that was there stays.
  const kept = useRef<readonly ThreadSummary[] | null>(null)
  if (isLoaded) kept.current = results
  return {
    threads: kept.current ?? none,
    isLoading: kept.current === null,
    loadMore: status === 'CanLoadMore' ? () => loadMore(PAGE) : undefined,
  }
}
