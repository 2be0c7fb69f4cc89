'use client'
// The jobs of a filter, as many pages as were asked for, and the numbers over all of them. Both live.
import { usePaginatedQuery, useQuery } from 'convex/react'
import { useRef } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { JobRow, JobSummary } from './jobData.ts'
import type { JobFilter } from './jobsRoute.ts'

const PAGE = 25
const HOUR = 3_600_000

type Jobs = { jobs: readonly JobRow[] | null; loadMore: (() => void) | undefined }

/** Null while they are fetched for the first time. What was there stays while the connection signs in again. */
export function useJobs(filter: JobFilter, isReady: boolean): Jobs {
  const { results, status, loadMore } = usePaginatedQuery(api.jobs.page, isReady ? { filter } : 'skip', {
    initialNumItems: PAGE,
  })
  const kept = useRef<{ filter: JobFilter; jobs: readonly JobRow[] } | null>(null)
  if (isReady && status !== 'LoadingFirstPage') kept.current = { filter, jobs: results }
  return {
    jobs: kept.current?.filter === filter ? kept.current.jobs : null,
    loadMore: status === 'CanLoadMore' ? () => loadMore(PAGE) : undefined,
  }
}

/** Asked anew each hour, so that days and hours move on while nothing happens. */
export function useSummary(now: number, isReady: boolean): JobSummary | null {
  const hour = Math.floor(now / HOUR) * HOUR
  const fresh = useQuery(api.jobs.summary, isReady ? { now: hour } : 'skip')
  const kept = useRef<JobSummary | null>(null)
  if (fresh !== undefined) kept.current = fresh
  return kept.current
}
