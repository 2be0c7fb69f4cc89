'use client'
// What the polite live region says: the end of a reply that was seen running, once. Never its tokens.
import { useEffect, useRef, useState } from 'react'
import type { ConversationItem } from './mergeConversation.ts'
import { announceEnd } from './statusWords.ts'

export function useAnnouncement(items: readonly ConversationItem[]): string {
  const running = useRef(new Set<string>())
  const [said, setSaid] = useState('')
  useEffect(() => {
    for (const item of items) {
      if (item.kind !== 'message' || item.message.role !== 'assistant') continue
      if (item.message.status === 'processing') running.current.add(item.messageId)
      else if (running.current.delete(item.messageId)) setSaid(announceEnd(item.message))
    }
    // The next end may have the same words: an empty region in between makes them news again.
    if (running.current.size > 0) setSaid('')
  }, [items])
  return said
}
