'use client'
// Around a button that goes away: its focus does not go with it, but to the conversation of its pane.
import { type RefObject, useLayoutEffect } from 'react'

export function useLeaveFocus(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = ref.current
    // Runs while it is still in the page, just before it is taken out.
    return () => {
      if (element?.contains(document.activeElement) !== true) return
      element.closest('[data-pane]')?.querySelector<HTMLElement>('[role="log"]')?.focus({ preventScroll: true })
    }
  }, [ref])
}
