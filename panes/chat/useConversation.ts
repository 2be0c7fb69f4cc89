'use client'
// The data of one thread: settled pages and live tail, which change in the same transition, and the device's own outbox. Until the live
// data is here: what the server or this device knew of it.
import { usePaginatedQuery, useQuery } from 'convex/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { MessageView, TailMessage } from '../../convex/validators.ts'
import { type KeptSight, keepSight, readSight } from '../offline/sightStore.ts'
import type { Earlier } from './EarlierMessages.tsx'
import { lengthOfNextPage } from './lengthOfNextPage.ts'
import { type ConversationItem, mergeConversation } from './mergeConversation.ts'
import { useThreadOutbox } from './outbox/OutboxProvider.tsx'
import { boundSight, SIGHT_MESSAGES, type ThreadSight } from './threadSight.ts'

export type ConversationData = {
  items: ConversationItem[]
  earlier: Earlier
  isLoading: boolean
  /** What is shown is what this device remembers, from then (ms). Null: it is from the server. */
  asOf: number | null
}

type Loaded = { settled: readonly MessageView[]; tail: readonly TailMessage[] }

/** `isReady`: the person is signed in as far as the database is concerned. While it is not, what was there stays. */
export function useConversation(
  ownerId: string,
  threadId: string,
  isReady: boolean,
  sight: ThreadSight | null,
): ConversationData {
  const [isForgetting, setForgetting] = useState(false)
  // Asked for anew, the pages begin with the first one again; until it is here what was there stays.
  useEffect(() => {
    if (isForgetting) setForgetting(false)
  }, [isForgetting])
  const page = usePaginatedQuery(api.messages.page, isReady && !isForgetting ? { threadId } : 'skip', {
    initialNumItems: SIGHT_MESSAGES,
  })
  const tail = useQuery(api.messages.tail, isReady ? { threadId } : 'skip')
  const outgoing = useThreadOutbox(threadId)

  const isLoaded = isReady && page.status !== 'LoadingFirstPage' && tail !== undefined
  const fresh = useMemo<Loaded | null>(
    () => (isLoaded ? { settled: page.results, tail: tail.messages } : null),
    [isLoaded, page.results, tail],
  )
  const kept = useRef<Loaded | null>(null)
  if (fresh !== null) kept.current = fresh
  const remembered = useRemembered(ownerId, threadId, sight === null && fresh === null)
  useKeep(ownerId, threadId, isReady, fresh)
  const loaded = kept.current ?? sight ?? remembered

  const items = useMemo(
    () => mergeConversation(loaded?.settled ?? [], loaded?.tail ?? [], outgoing),
    [loaded, outgoing],
  )
  const { loadMore, status, results } = page
  const loadedCount = useRef(0)
  loadedCount.current = results.length
  const load = useCallback((count = lengthOfNextPage(loadedCount.current)) => loadMore(count), [loadMore])
  const forget = useCallback(() => setForgetting(true), [])
  const earlier = useMemo<Earlier>(
    () => ({ state: earlierState(status, isLoaded), load, forget }),
    [status, isLoaded, load, forget],
  )
  const asOf = loaded !== null && loaded === remembered ? remembered.keptAt : null
  return { items, earlier, isLoading: loaded === null, asOf }
}

function earlierState(status: string, isLoaded: boolean): Earlier['state'] {
  if (!isLoaded) return 'unknown'
  if (status === 'Exhausted') return 'all'
  return status === 'LoadingMore' ? 'loading' : 'more'
}

/** The thread as this device last saw it, for when the server's data takes long or does not come. */
function useRemembered(ownerId: string, threadId: string, isWanted: boolean): KeptSight | null {
  const [remembered, remember] = useState<KeptSight | null>(null)
  useEffect(() => {
    if (!isWanted) return
    let isOver = false
    void readSight(ownerId, threadId).then((found) => {
      if (!isOver && found !== null) remember(found)
    })
    return () => {
      isOver = true
    }
  }, [ownerId, threadId, isWanted])
  return remembered
}

/** Once the live data has been still for a moment: a queue that is being worked off is not written to disk at each step. */
const KEEP_AFTER_MS = 1_000

function useKeep(ownerId: string, threadId: string, isReady: boolean, fresh: Loaded | null): void {
  const thread = useQuery(api.threads.get, isReady ? { threadId } : 'skip')
  useEffect(() => {
    if (fresh === null || thread === null || thread === undefined) return
    const { title, branch } = thread
    const sight = boundSight({ threadId, title, branch, settled: [...fresh.settled], tail: [...fresh.tail] })
    const timer = setTimeout(() => void keepSight(ownerId, sight), KEEP_AFTER_MS)
    return () => clearTimeout(timer)
  }, [ownerId, threadId, fresh, thread])
}
