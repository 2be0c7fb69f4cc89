'use client'
// The live edge of a conversation: use-stick-to-bottom, and what it must be told of besides.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useStickToBottom } from 'use-stick-to-bottom'
import type { ConversationItem } from './mergeConversation.ts'
import { goToPlace, keepPlace } from './readingPlaces.ts'
import { leavingEdge } from './showInConversation.ts'

export function useEdge(threadId: string, items: readonly ConversationItem[]) {
  const isEmpty = items.length === 0
  // The library calls the function that it was given first, for good.
  const isWithout = useRef(isEmpty)
  isWithout.current = isEmpty
  const stick = useStickToBottom({
    initial: 'instant',
    resize: 'instant',
    // What stands there instead of messages is read from its beginning.
    targetScrollTop: (end) => (isWithout.current ? 0 : end),
  })
  useBegin(threadId, items, stick)
  useShowOwn(items, stick.scrollToBottom)
  useLeaveEdge(stick.scrollRef, stick.stopScroll)
  useFollowBox(stick.scrollRef, stick.state)
  useFollowContent(stick.scrollRef, stick.contentRef, stick.state)
  return stick
}

/**
 * Where it was left, else at the end. Before the first paint with messages: the library comes a frame later, and at the top, for that
 * frame, the page before would be asked for and what is seen be kept where it is.
 */
function useBegin(threadId: string, items: readonly ConversationItem[], stick: ReturnType<typeof useStickToBottom>) {
  const { scrollRef, stopScroll, isAtBottom, state: edge } = stick
  const latest = useRef({ items, isAtBottom })
  latest.current = { items, isAtBottom }
  const isEmpty = items.length === 0
  useLayoutEffect(() => {
    const box = scrollRef.current
    if (isEmpty || box === null) return
    if (goToPlace(threadId, latest.current.items, box)) stopScroll()
    else edge.scrollTop = edge.calculatedTargetScrollTop
    // Runs while the messages are still in the page.
    return () => keepPlace(threadId, latest.current, box)
  }, [threadId, isEmpty, scrollRef, stopScroll, edge])
}

/** Whoever was led to a card further up stays there. */
function useLeaveEdge(scroller: RefObject<HTMLElement | null>, stopScroll: () => void) {
  useEffect(() => {
    const box = scroller.current
    box?.addEventListener(leavingEdge, stopScroll)
    return () => box?.removeEventListener(leavingEdge, stopScroll)
  }, [scroller, stopScroll])
}

export type Edge = {
  isAtBottom: boolean
  scrollTop: number
  calculatedTargetScrollTop: number
  resizeDifference: number
}

/**
 * The box itself changes its height (the queue, a longer message below it): whoever is at the live edge stays there. When it grows the
 * browser corrects the place, which the library would take for a reader who scrolls up, but for the difference it is told of.
 */
function useFollowBox(scroller: RefObject<HTMLElement | null>, edge: Edge) {
  useEffect(() => {
    const box = scroller.current
    if (box === null) return
    let height = box.clientHeight
    const observer = new ResizeObserver(() => {
      const difference = height - box.clientHeight
      height = box.clientHeight
      if (!edge.isAtBottom || difference === 0) return
      edge.resizeDifference = difference
      edge.scrollTop = edge.calculatedTargetScrollTop
      // The event of the correction comes with the next frame, and is looked at a moment later.
      requestAnimationFrame(() =>
        setTimeout(() => {
          if (edge.resizeDifference === difference) edge.resizeDifference = 0
        }, 1),
      )
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [scroller, edge])
}

/**
 * What is written stands where it belongs at once: the library follows a frame later, and for that frame everything below the new words
 * would stand lower. Whoever was not at the very end, or holds the mouse down (to select words, to drag the bar), is left to the library.
 */
function useFollowContent(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>, edge: Edge) {
  useEffect(() => {
    const box = scroller.current
    if (box === null || content.current === null) return
    let height = box.scrollHeight
    let isPressed = false
    const note = ({ type }: Event) => {
      isPressed = type === 'pointerdown'
    }
    const follow = () => {
      const wasAtEnd = box.scrollTop + box.clientHeight > height - NEAR_END
      const grown = box.scrollHeight - height
      height += grown
      if (grown > 0 && edge.isAtBottom && wasAtEnd && !isPressed) edge.scrollTop = edge.calculatedTargetScrollTop
    }
    // Right after the words are put in: by the time a ResizeObserver is called, browsers have noted what moved.
    const words = new MutationObserver(follow)
    words.observe(content.current, { subtree: true, childList: true, characterData: true })
    // What grows otherwise: letters that come late, a fold.
    const size = new ResizeObserver(follow)
    size.observe(content.current)
    for (const way of presses) document.addEventListener(way, note, { capture: true })
    return () => {
      words.disconnect()
      size.disconnect()
      for (const way of presses) document.removeEventListener(way, note, { capture: true })
    }
  }, [scroller, content, edge])
}

const presses = ['pointerdown', 'pointerup', 'pointercancel']
/** In px: who is no further from it is at the end. The library's own is a pixel above the browser's; the rest is rounding. */
export const NEAR_END = 3

/** What the person just wrote is shown to them, wherever they were reading. */
function useShowOwn(items: readonly ConversationItem[], scrollToBottom: (how: 'instant') => unknown) {
  const last = items.findLast((item) => item.kind === 'outgoing')?.messageId
  const known = useRef(last)
  useLayoutEffect(() => {
    if (last !== undefined && last !== known.current) scrollToBottom('instant')
    known.current = last
  }, [last, scrollToBottom])
}
