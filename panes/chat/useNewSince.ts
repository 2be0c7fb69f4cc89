'use client'
// Up to when a thread had been seen when the person came to it: kept while they read, though it counts as seen from now on.
import { useQuery } from 'convex/react'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../convex/_generated/api.js'
import { isLookedAt } from './isLookedAt.ts'

/** Null: nothing is new. Looked at when the pane opens, and each time the person comes back to the page. */
export function useNewSince(threadId: string, isReady: boolean): number | null {
  const thread = useQuery(api.threads.get, isReady ? { threadId } : 'skip')
  const unseenFrom = thread?.isUnread === true ? (thread.seenAt ?? null) : null
  const latest = useRef(unseenFrom)
  const [since, setSince] = useState<number | null>(null)
  const isKnown = thread !== undefined && thread !== null
  // While nobody looks, what comes in stays unseen: the place is that of the last look.
  const isWatched = useRef(false)
  useEffect(() => {
    if (!isKnown) return
    latest.current = unseenFrom
    if (isWatched.current || !isLookedAt()) return
    isWatched.current = true
    setSince(unseenFrom)
  }, [isKnown, unseenFrom])
  useEffect(() => {
    const look = () => {
      const isLooking = isLookedAt()
      if (isLooking && !isWatched.current && latest.current !== null) setSince(latest.current)
      isWatched.current = isLooking
    }
    for (const event of ['focus', 'blur']) addEventListener(event, look)
    document.addEventListener('visibilitychange', look)
    return () => {
      for (const event of ['focus', 'blur']) removeEventListener(event, look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return since
}
