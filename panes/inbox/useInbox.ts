'use client'
// What needs the person over all threads, live. While the connection signs in again, what was there stays.
import { useQuery } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import { useMemo, useRef } from 'react'
import { api } from '../../convex/_generated/api.js'
import { needsPerson } from '../chat/waitsAbove.ts'

export type InboxData = FunctionReturnType<typeof api.inbox.list>
export type InboxWaitData = InboxData['waits'][number]
export type InboxFailureData = InboxData['failures'][number]

export type Inbox = {
  /** Null while it is fetched for the first time. */
  data: InboxData | null
  /** Questions, approvals and failures. A timer needs nobody. */
  count: number
  /** Threads with a question or an approval. */
  threadIds: ReadonlySet<string>
}

export function useInbox(isReady: boolean): Inbox {
  const fresh = useQuery(api.inbox.list, isReady ? {} : 'skip')
  const kept = useRef<InboxData | null>(null)
  if (fresh !== undefined) kept.current = fresh
  const data = kept.current
  return useMemo(() => {
    const asking = (data?.waits ?? []).filter(needsPerson)
    return {
      data,
      count: asking.length + (data?.failures.length ?? 0),
      threadIds: new Set(asking.map(({ threadId }) => threadId)),
    }
  }, [data])
}
