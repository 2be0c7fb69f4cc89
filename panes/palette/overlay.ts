// What lies over the page and belongs to no pane: the search, the keyboard's help sheet, a dialog about one thread. One at a time.
import { useSyncExternalStore } from 'react'

export type Overlay =
  | { kind: 'palette' }
  | { kind: 'shortcuts' }
  | { kind: 'rename'; threadId: string; title: string }
  | { kind: 'share'; threadId: string }

let shown: Overlay | null = null
const hearers = new Set<() => void>()

export function showOverlay(overlay: Overlay): void {
  change(overlay)
}

/** A dialog tells that it was closed a moment later: what has taken its place by then stays. */
export function leaveOverlay(kind: Overlay['kind']): void {
  if (shown?.kind === kind) change(null)
}

function change(overlay: Overlay | null): void {
  shown = overlay
  for (const hear of hearers) hear()
}

/** The same press that opens it closes it. */
export function toggleOverlay(overlay: Overlay): void {
  change(shown?.kind === overlay.kind ? null : overlay)
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(
    subscribe,
    () => shown,
    () => null,
  )
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}
