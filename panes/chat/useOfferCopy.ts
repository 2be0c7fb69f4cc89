'use client'
// While a pane shows a thread, its last reply and last code can be copied from anywhere in the page (copyLast.ts).
import { useEffect, useRef } from 'react'
import { offerForCopying } from './copyLast.ts'
import type { ConversationItem } from './mergeConversation.ts'

export function useOfferCopy(threadId: string, items: readonly ConversationItem[]): void {
  const latest = useRef(items)
  latest.current = items
  useEffect(() => offerForCopying(threadId, () => latest.current), [threadId])
}
