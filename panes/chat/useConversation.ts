'use client'
// The data of one thread: settled pages and live tail, which change in the same transition, and the device's own outbox.
import { usePaginatedQuery, useQuery } from 'convex/react'
import { useCallback, useMemo, useRef } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { MessageView, TailMessage } from '../../convex/validators.ts'
import type { Earlier } from './Conversation.tsx'
import { type ConversationItem, mergeConversation } from './mergeConversation.ts'
import { useThreadOutbox } from './outbox/OutboxProvider.tsx'

const FIRST_PAGE = 20
const NEXT_PAGE = 30

export type ConversationData = { items: ConversationItem[]; earlier: Earlier; isLoading: boolean }

type Loaded = { settled: readonly MessageView[]; tail: readonly TailMessage[] }

/** `isReady`: the person is signed in as far as the database is concerned. While it is not, what was there stays. */
export function useConversation(threadId: string, isReady: boolean): ConversationData {
  const page = usePaginatedQuery(api.messages.page, isReady ? { threadId } : 'skip', { initialNumItems: FIRST_PAGE })
  const tail = useQuery(api.messages.tail, isReady ? { threadId } : 'skip')
  const outgoing = useThreadOutbox(threadId)

  const isLoaded = isReady && page.status !== 'LoadingFirstPage' && tail !== undefined
  const fresh = useMemo<Loaded | null>(
    () => (isLoaded ? { settled: page.results, tail: tail.messages } : null),
    [isLoaded, page.results, tail],
  )
  const kept = useRef<Loaded | null>(null)
  if (fresh !== null) kept.current = fresh
  const loaded = kept.current

  const items = useMemo(
    () => mergeConversation(loaded?.settled ?? [], loaded?.tail ?? [], outgoing),
    [loaded, outgoing],
  )
  const { loadMore, status } = page
  const load = useCallback(() => loadMore(NEXT_PAGE), [loadMore])
  const earlier = useMemo<Earlier>(() => ({ state: earlierState(status, isLoaded), load }), [status, isLoaded, load])
  return { items, earlier, isLoading: loaded === null }
}

function earlierState(status: string, isLoaded: boolean): Earlier['state'] {
  if (!isLoaded || status === 'Exhausted') return 'all'
  return status === 'LoadingMore' ? 'loading' : 'more'
}
