'use client'
// Binds the keys of the table that belong to the page (shortcutTable.ts says which, and when they may act).
import { useEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'
import { type BoundId, boundIds, keysOf, mayAct, type Pressed } from './shortcutTable.ts'

export type ShortcutActs = Record<BoundId, () => void>

export function useShortcuts(acts: ShortcutActs): void {
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    const bound = boundIds.flatMap((id) =>
      keysOf(id).map((keys) => {
        const act = (event: KeyboardEvent) => {
          if (!mayAct(id, keys, readPressed(event))) return
          event.preventDefault()
          latest.current[id]()
        }
        return [keys, act] as const
      }),
    )
    // What may act is decided by the table alone; a held key does not act again and again.
    return tinykeys(window, Object.fromEntries(bound), { ignore: (event) => event.repeat })
  }, [])
}

function readPressed(event: KeyboardEvent): Pressed {
  const { target, isComposing, defaultPrevented } = event
  return {
    isComposing: isComposing || event.keyCode === 229,
    isHandled: defaultPrevented,
    isWriting: target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select')),
    isInDialog: document.querySelector('dialog[open], [role="dialog"], [role="menu"]') !== null,
  }
}
