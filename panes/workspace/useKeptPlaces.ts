'use client'
// When panes change places the browser takes one out and puts it in again, and forgets how far it was scrolled and what had the focus.
import { type RefObject, useLayoutEffect, useRef } from 'react'

/** `order`: changes when the panes do. */
export function useKeptPlaces(row: RefObject<HTMLElement | null>, order: string): void {
  const kept = useRef<{ tops: Map<Element, number>; focused: Element | null }>({ tops: new Map(), focused: null })
  useLayoutEffect(() => {
    const element = row.current
    if (element === null) return
    const note = () => {
      const tops = new Map([...element.querySelectorAll('[role=log]')].map((log) => [log, log.scrollTop]))
      kept.current = { tops, focused: document.activeElement }
    }
    // Before the press or the key that moves a pane.
    element.addEventListener('click', note, true)
    return () => element.removeEventListener('click', note, true)
  }, [row])
  // biome-ignore lint/correctness/useExhaustiveDependencies: put back when the order has changed
  useLayoutEffect(() => {
    const { tops, focused } = kept.current
    for (const [log, top] of tops) if (log.isConnected && log.scrollTop !== top) log.scrollTop = top
    if (focused instanceof HTMLElement && focused.isConnected && document.activeElement === document.body)
      focused.focus({ preventScroll: true })
    kept.current = { tops: new Map(), focused: null }
  }, [order])
}
