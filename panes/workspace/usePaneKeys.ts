'use client'
// F6 goes from pane to pane, with Shift the other way, while there is more than one. Alt and the arrows are the browser's: Back and Forward.
import { useEffect } from 'react'
import type { Panes } from './usePanes.ts'

export function usePaneKeys({ place, layout, focusNext }: Panes): void {
  const isOn = place === 'chat' && layout.panes.length > 1
  useEffect(() => {
    if (!isOn) return
    const onKeyDown = (event: KeyboardEvent) => {
      const by = directionOf(event)
      if (by === null || document.querySelector('dialog[open], [role="dialog"], [role="menu"]') !== null) return
      // Before the handles between the panes, which have a use for F6 of their own.
      event.preventDefault()
      event.stopPropagation()
      focusNext(by)
    }
    addEventListener('keydown', onKeyDown, true)
    return () => removeEventListener('keydown', onKeyDown, true)
  }, [isOn, focusNext])
}

function directionOf({ key, altKey, ctrlKey, metaKey, shiftKey, isComposing }: KeyboardEvent): -1 | 1 | null {
  if (key !== 'F6' || isComposing || altKey || ctrlKey || metaKey) return null
  return shiftKey ? -1 : 1
}
