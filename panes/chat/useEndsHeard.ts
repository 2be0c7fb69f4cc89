'use client'
// What the polite live region says: the end of each reply that was waited for, once. Never its tokens.
import { useEffect, useRef, useState } from 'react'
import { type Awaited, hearEnds, type Said } from './hearEnds.ts'
import type { ConversationItem } from './mergeConversation.ts'

/** Long enough to have been read out; whoever reads the page itself later does not find old news there. */
const SAID_MS = 10_000

export function useEndsHeard(items: readonly ConversationItem[]): Said | null {
  const awaited = useRef<Awaited>(new Set())
  const [said, say] = useState<Said | null>(null)
  useEffect(() => {
    const heard = hearEnds(awaited.current, items)
    awaited.current = heard.awaited
    if (heard.said !== null) say(heard.said)
  }, [items])
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => say(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  return said
}
