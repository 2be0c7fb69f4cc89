'use client'
// The list of threads as this device last saw it, until the live one is here; and the live one kept for the next time.
import { useEffect, useState } from 'react'
import { useOutbox } from '../chat/outbox/OutboxProvider.tsx'
import { keepThreadList, type ListedThreads, readThreadList } from './sightStore.ts'

/** A list that changes with every step of a running reply is not written to disk each time. */
const KEEP_AFTER_MS = 1_000

/** `live` null: not loaded. It must be the same object as long as nothing changes. */
export function useKeptThreads(live: ListedThreads | null): ListedThreads | null {
  const { ownerId } = useOutbox()
  const [remembered, remember] = useState<ListedThreads | null>(null)
  const isWanted = live === null
  useEffect(() => {
    if (!isWanted) return
    let isOver = false
    void readThreadList(ownerId).then((found) => {
      if (!isOver) remember(found)
    })
    return () => {
      isOver = true
    }
  }, [ownerId, isWanted])
  useEffect(() => {
    if (live === null) return
    const timer = setTimeout(() => void keepThreadList(ownerId, live), KEEP_AFTER_MS)
    return () => clearTimeout(timer)
  }, [ownerId, live])
  return remembered
}
