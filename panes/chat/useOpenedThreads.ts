'use client'
// When the agent opens another thread while the person looks on, the page goes there, or offers to (ThreadView.tsx). What had been opened before this page saw the
// reply, and what happens behind the person's back, only leaves a link.
import { useEffect, useRef } from 'react'
import { isLookedAt } from './isLookedAt.ts'
import type { ConversationItem } from './mergeConversation.ts'
import { type OpenedThread, openedIn } from './openedThread.ts'

export function useOpenedThreads(
  items: readonly ConversationItem[],
  threadId: string,
  open: (opened: OpenedThread) => void,
): void {
  const watched = useRef(new Set<string>())
  const known = useRef(new Set<string>())
  useEffect(() => {
    for (const item of items) {
      if (item.kind !== 'message' || item.message.role !== 'assistant') continue
      const isNews = watched.current.has(item.messageId)
      if (item.message.status === 'processing') watched.current.add(item.messageId)
      for (const { key, opened } of openedIn(item.message)) {
        if (known.current.has(key)) continue
        known.current.add(key)
        if (isNews && opened.threadId !== threadId && isLookedAt()) open(opened)
      }
    }
  }, [items, threadId, open])
}
