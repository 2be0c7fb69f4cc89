'use client'
// The conversation in two: history, and the live end. What is live becomes history only while the reader is at the edge, far below it.
import { useLayoutEffect, useRef, useState } from 'react'
import { findLiveEnd, shortenLiveEnd } from './liveEnd.ts'
import type { ConversationItem } from './mergeConversation.ts'
import type { Edge } from './useEdge.ts'

type Parts = { history: readonly ConversationItem[]; live: readonly ConversationItem[] }

export function useLiveEnd(items: readonly ConversationItem[], edge: Edge): Parts {
  const [beginId, setBegin] = useState<string | null>(null)
  const from = findLiveEnd(items, beginId)
  const first = items[from]?.messageId ?? null
  if (first !== beginId) setBegin(first)

  const isShortened = useRef(false)
  useLayoutEffect(() => {
    // The heights of what moved up are guessed until it is measured: whoever is at the edge sees nothing of it.
    if (isShortened.current && edge.isAtBottom) edge.scrollTop = edge.calculatedTargetScrollTop
    isShortened.current = false
    const shorter = edge.isAtBottom ? shortenLiveEnd(items, from) : null
    const next = shorter === null ? undefined : items[shorter]?.messageId
    if (next === undefined || isFocusedBetween(items.slice(from, shorter ?? from))) return
    isShortened.current = true
    setBegin(next)
  }, [items, from, edge])
  return { history: items.slice(0, from), live: items.slice(from) }
}

function isFocusedBetween(rows: readonly ConversationItem[]): boolean {
  const focused = document.activeElement?.closest<HTMLElement>('[data-message-id]')?.dataset['messageId']
  return focused !== undefined && rows.some(({ messageId }) => messageId === focused)
}
