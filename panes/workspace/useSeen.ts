'use client'
// A thread whose pane is open counts as seen while somebody looks at the page.
import type { OptimisticLocalStore } from 'convex/browser'
import { useConvex, useQuery } from 'convex/react'
import { useEffect } from 'react'
import { api } from '../../convex/_generated/api.js'
import { changeRows } from '../threads/optimisticThreads.ts'

export function useSeen(threadId: string, isReady: boolean): void {
  const isUnread = useQuery(api.threads.get, isReady ? { threadId } : 'skip')?.isUnread === true
  const convex = useConvex()
  useEffect(() => {
    if (!isUnread) return
    const look = () => {
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return
      // Whoever leaves it at once must not find it marked in the list.
      const optimisticUpdate = (store: OptimisticLocalStore) =>
        changeRows(store, threadId, (row) => ({ ...row, isUnread: false }))
      convex
        .mutation(api.threads.see, { threadId }, { optimisticUpdate })
        .catch((cause: unknown) =>
          console.warn(`The thread ${threadId} stays marked as unread: that it was seen could not be saved.`, cause),
        )
    }
    look()
    addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [isUnread, convex, threadId])
}
