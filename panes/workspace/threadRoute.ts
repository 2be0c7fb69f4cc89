// Which place the address names, and how to get to another one: the history API alone, so that changing places needs no server.
import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'

export const INBOX_PATH = '/inbox'
export const JOBS_PATH = '/jobs'
export const SCHEDULES_PATH = '/schedules'
export const SETTINGS_PATH = '/settings'
export const pathOfThread = (threadId: string): string => `/chat/${threadId}`

export type Place = 'chat' | 'inbox' | 'jobs' | 'schedules' | 'settings'

const places = new Map<string, Place>([
  [INBOX_PATH, 'inbox'],
  [JOBS_PATH, 'jobs'],
  [SCHEDULES_PATH, 'schedules'],
  [SETTINGS_PATH, 'settings'],
])

/** Anything else is the chat (paneRoute.ts says which threads). */
export const placeOf = (path: string): Place => places.get(path.replace(/\/$/, '')) ?? 'chat'

const moved = 'nightshift:moved'
const cameFrom = 'nightshiftFrom'

/** `from`: where Back leads, when whoever goes there may want to undo it. It stays with the entry over a reload. */
export function goTo(address: string, how: 'push' | 'replace' = 'push', from?: string): void {
  const state = from === undefined ? null : { [cameFrom]: from }
  if (how === 'push') history.pushState(state, '', address)
  else history.replaceState(state, '', address)
  dispatchEvent(new Event(moved))
}

/** Back, when that is just where it leads: pressing Back afterwards does not open again what was closed. */
export function goBackTo(address: string): boolean {
  const state: unknown = history.state
  const from = typeof state === 'object' && state !== null && cameFrom in state ? state[cameFrom] : undefined
  if (from !== address) return false
  history.back()
  return true
}

/** Path and query, read from the address itself: Next's own copy follows in a transition, a moment later. */
export function useAddress(): string {
  const path = usePathname()
  const query = useSearchParams().toString()
  const routerAddress = query === '' ? path : `${path}?${query}`
  const address = useSyncExternalStore(
    subscribe,
    () => location.pathname + location.search,
    () => routerAddress,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the router moved by itself (a link elsewhere): read the address again
  useEffect(() => {
    dispatchEvent(new Event(moved))
  }, [routerAddress])
  return address
}

function subscribe(hear: () => void): () => void {
  addEventListener('popstate', hear)
  addEventListener(moved, hear)
  return () => {
    removeEventListener('popstate', hear)
    removeEventListener(moved, hear)
  }
}
