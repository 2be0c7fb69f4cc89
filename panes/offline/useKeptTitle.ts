'use client'
// What a thread was called when this device last saw it; '' when it does not know.
import { useEffect, useState } from 'react'
import { useOutbox } from '../chat/outbox/OutboxProvider.tsx'
import { readSight } from './sightStore.ts'

/** `threadId` null: that is known better elsewhere. */
export function useKeptTitle(threadId: string | null): string {
  const { ownerId } = useOutbox()
  const [kept, keep] = useState({ threadId: '', title: '' })
  useEffect(() => {
    if (threadId === null) return
    let isOver = false
    void readSight(ownerId, threadId).then((sight) => {
      if (!isOver && sight !== null) keep({ threadId, title: sight.title })
    })
    return () => {
      isOver = true
    }
  }, [ownerId, threadId])
  return kept.threadId === threadId ? kept.title : ''
}
