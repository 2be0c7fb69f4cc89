'use client'
// The empty chat with what goes on elsewhere, live.
import { useQuery } from 'convex/react'
import { api } from '../../convex/_generated/api.js'
import { EmptyState } from './EmptyState.tsx'
import { OngoingThreads } from './OngoingThreads.tsx'
import { listOngoing } from './ongoingThreads.ts'

/** Of each kind; there is room for a few. */
const READ = 6
const firstPage = { cursor: null, numItems: READ }

export function FirstRun({ choose, isReady }: { choose: (prompt: string) => void; isReady: boolean }) {
  const running = useQuery(api.jobs.page, isReady ? { filter: 'running', paginationOpts: firstPage } : 'skip')
  const waiting = useQuery(api.jobs.page, isReady ? { filter: 'waiting', paginationOpts: firstPage } : 'skip')
  return (
    <EmptyState choose={choose}>
      <OngoingThreads threads={listOngoing([...(running?.page ?? []), ...(waiting?.page ?? [])])} />
    </EmptyState>
  )
}
