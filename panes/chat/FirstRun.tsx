'use client'
// The empty chat with what goes on elsewhere, live.
import { useQuery } from 'convex/react'
import { useEffect, useRef } from 'react'
import { api } from '../../convex/_generated/api.js'
import { EmptyState } from './EmptyState.tsx'
import { OngoingThreads } from './OngoingThreads.tsx'
import { listOngoing } from './ongoingThreads.ts'
import { leavingEdge } from './showInConversation.ts'

/** Of each kind; there is room for a few. */
const READ = 6
const firstPage = { cursor: null, numItems: READ }

export function FirstRun({ choose, isReady }: { choose: (prompt: string) => void; isReady: boolean }) {
  const running = useQuery(api.jobs.page, isReady ? { filter: 'running', paginationOpts: firstPage } : 'skip')
  const waiting = useQuery(api.jobs.page, isReady ? { filter: 'waiting', paginationOpts: firstPage } : 'skip')
  return (
    <EmptyState ref={useFromTheTop()} choose={choose}>
      <OngoingThreads threads={listOngoing([...(running?.page ?? []), ...(waiting?.page ?? [])])} />
    </EmptyState>
  )
}

/** It is read from its beginning, where a conversation is from its end: on a small screen it is higher than the box it is in. */
function useFromTheTop() {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    // A frame later: by then the conversation hears that its edge is left.
    const frame = requestAnimationFrame(() => {
      const box = ref.current?.closest('[role="log"]')
      box?.dispatchEvent(new Event(leavingEdge))
      box?.scrollTo({ top: 0, behavior: 'instant' })
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return ref
}
