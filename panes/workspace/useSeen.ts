'use client'
// A thread whose pane is open counts as seen while somebody looks at the page.
import { useMutation, useQuery } from 'convex/react'
import { useEffect } from 'react'
import { api } from '../../convex/_generated/api.js'

export function useSeen(threadId: string, isReady: boolean): void {
  const isUnread = useQuery(api.threads.get, isReady ? { threadId } : 'skip')?.isUnread === true
  const see = useMutation(api.threads.see)
  useEffect(() => {
    if (!isUnread) return
    const look = () => {
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return
      see({ threadId }).catch((cause: unknown) =>
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
  }, [isUnread, see, threadId])
}
