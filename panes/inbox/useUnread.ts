'use client'
// The threads that replied and were not looked at since. While the connection signs in again, what was there stays.
import { useQuery } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import { useRef } from 'react'
import { api } from '../../convex/_generated/api.js'

export type UnreadData = FunctionReturnType<typeof api.threads.unread>['threads'][number]

/** Null while it is fetched for the first time. */
export function useUnread(isReady: boolean): readonly UnreadData[] | null {
  const fresh = useQuery(api.threads.unread, isReady ? {} : 'skip')
  const kept = useRef<readonly UnreadData[] | null>(null)
  if (fresh !== undefined) kept.current = fresh.threads
  return kept.current
}
