'use client'
// Shows a message of the history that is not drawn: draws it, scrolls there, and gives it the focus once it can take it.
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { ConversationItem } from './mergeConversation.ts'
import { findDrawn, leavingEdge, type Sought, seeking, showDrawn } from './showInConversation.ts'

/** Frames until it is drawn and measured; two or three are usual. */
const MOST_FRAMES = 60

type History = {
  items: readonly ConversationItem[]
  scroller: RefObject<HTMLElement | null>
  handle: RefObject<VirtualizerHandle | null>
}

/** The message that is being looked for, which must stay drawn. */
export function useSeek({ items, scroller, handle }: History): string | null {
  const latest = useRef(items)
  latest.current = items
  const [sought, seek] = useState<{ messageId: string; target: Sought } | null>(null)

  useEffect(() => {
    const box = scroller.current
    const hear = (event: Event) => {
      if (!(event instanceof CustomEvent)) return
      const target: Sought = event.detail
      const found = latest.current.find((item) => holds(item, target))
      if (found === undefined) return
      event.preventDefault()
      seek({ messageId: found.messageId, target })
    }
    box?.addEventListener(seeking, hear)
    return () => box?.removeEventListener(seeking, hear)
  }, [scroller])

  useEffect(() => {
    const box = scroller.current
    if (sought === null || box === null) return
    const at = latest.current.findIndex(({ messageId }) => messageId === sought.messageId)
    box.dispatchEvent(new Event(leavingEdge))
    handle.current?.scrollToIndex(at, { align: 'center' })
    return eachFrame(MOST_FRAMES, () => {
      const drawn = findDrawn(sought.target, box)
      if (drawn === null || getComputedStyle(drawn).visibility === 'hidden') return false
      showDrawn(drawn)
      return document.activeElement === drawn
    })
  }, [sought, scroller, handle])
  return sought?.messageId ?? null
}

function holds(item: ConversationItem, { id, what }: Sought): boolean {
  if (item.messageId === id) return true
  return what === 'wait' && item.kind === 'message' && item.message.waits?.some(({ waitId }) => waitId === id) === true
}

/** Until it answers true, or often enough. Returns how to end it. */
function eachFrame(most: number, isDone: () => boolean): () => void {
  let frame = 0
  const next = (left: number) => {
    frame = requestAnimationFrame(() => {
      if (!isDone() && left > 1) next(left - 1)
    })
  }
  next(most)
  return () => cancelAnimationFrame(frame)
}
