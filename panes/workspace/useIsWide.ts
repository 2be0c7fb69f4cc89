'use client'
// Whether there is room for panes side by side. The server says yes; until the page is alive the stylesheet decides what is seen.
import { useSyncExternalStore } from 'react'

/** Tailwind's lg. */
const wide = '(min-width: 64rem)'

export function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(wide).matches,
    () => true,
  )
}

function subscribe(hear: () => void): () => void {
  const query = matchMedia(wide)
  query.addEventListener('change', hear)
  return () => query.removeEventListener('change', hear)
}
