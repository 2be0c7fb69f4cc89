'use client'
// F6 goes from pane to pane, with Shift the other way; so do Alt and the arrows, while there is more than one.
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

function directionOf(event: KeyboardEvent): -1 | 1 | null {
  const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing } = event
  if (isComposing || ctrlKey || metaKey) return null
  if (key === 'F6' && !altKey) return shiftKey ? -1 : 1
  if (!altKey || shiftKey || isMovingByWord(event)) return null
  if (key === 'ArrowLeft') return -1
  return key === 'ArrowRight' ? 1 : null
}

/** On Apple's devices Alt and an arrow go a word further where something is written. */
function isMovingByWord({ target }: KeyboardEvent): boolean {
  const isWriting =
    target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|INPUT)$/.test(target.tagName))
  return isWriting && /Mac|iP(hone|ad|od)/.test(navigator.platform)
}
