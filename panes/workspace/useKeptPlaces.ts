'use client'
// When panes change places the browser takes one out and puts it in again, and forgets how far it was scrolled and what had the focus. A pane
// that has come to the edge has lost the very button that was pressed: the one that leads back has the focus then.
import { type RefObject, useLayoutEffect, useRef } from 'react'

type Kept = { tops: ReadonlyMap<Element, number>; focused: Element | null; pane: HTMLElement | null }
const nothingKept: Kept = { tops: new Map(), focused: null, pane: null }

const moving = ['click', 'drop']

/** `order`: changes when the panes do. */
export function useKeptPlaces(row: RefObject<HTMLElement | null>, order: string): void {
  const kept = useRef<Kept>(nothingKept)
  useLayoutEffect(() => {
    const element = row.current
    if (element === null) return
    const note = () => {
      const tops = new Map([...element.querySelectorAll('[role=log]')].map((log) => [log, log.scrollTop]))
      const pane = document.activeElement?.closest<HTMLElement>('[data-pane]') ?? null
      kept.current = { tops, focused: document.activeElement, pane }
    }
    // Before the press or the key that moves a pane, or the end of its drag.
    for (const kind of moving) element.addEventListener(kind, note, true)
    return () => {
      for (const kind of moving) element.removeEventListener(kind, note, true)
    }
  }, [row])
  // biome-ignore lint/correctness/useExhaustiveDependencies: put back when the order has changed
  useLayoutEffect(() => {
    const { tops, focused, pane } = kept.current
    for (const [log, top] of tops) if (log.isConnected && log.scrollTop !== top) log.scrollTop = top
    kept.current = nothingKept
    if (document.activeElement !== document.body || pane?.isConnected !== true) return
    const next = focused?.isConnected === true ? focused : pane.querySelector('[data-mover]')
    if (next instanceof HTMLElement) next.focus({ preventScroll: true })
  }, [order])
}
