// Which thread (or other place) the address names, and how to get to another one: the history API alone, so that changing threads needs no server.
import { usePathname } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import { isClientId } from '../../lib/chat/messageLimits.ts'

export const NEW_CHAT_PATH = '/chat'
export const INBOX_PATH = '/inbox'
export const SCHEDULES_PATH = '/schedules'
export const SETTINGS_PATH = '/settings'
export const pathOfThread = (threadId: string): string => `/chat/${threadId}`

export type Place = 'chat' | 'inbox' | 'schedules' | 'settings'

const places = new Map<string, Place>([
  [INBOX_PATH, 'inbox'],
  [SCHEDULES_PATH, 'schedules'],
  [SETTINGS_PATH, 'settings'],
])

/** Anything else is a chat: one that is named, or a new one. */
export const placeOf = (path: string): Place => places.get(path.replace(/\/$/, '')) ?? 'chat'

/** null: a new chat (or no chat at all). */
export function parseThreadPath(path: string): string | null {
  const threadId = path.startsWith('/chat/') ? path.slice('/chat/'.length).replace(/\/$/, '') : ''
  return isClientId(threadId) ? threadId : null
}

const moved = 'nightshift:moved'

export function goTo(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path)
  else history.replaceState(null, '', path)
  dispatchEvent(new Event(moved))
}

/** Read from the address itself: Next's own copy follows in a transition, a moment later. */
export function usePath(): string {
  const routerPath = usePathname()
  const path = useSyncExternalStore(
    subscribe,
    () => location.pathname,
    () => routerPath,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the router moved by itself (a link elsewhere): read the address again
  useEffect(() => {
    dispatchEvent(new Event(moved))
  }, [routerPath])
  return path
}

function subscribe(hear: () => void): () => void {
  addEventListener('popstate', hear)
  addEventListener(moved, hear)
  return () => {
    removeEventListener('popstate', hear)
    removeEventListener(moved, hear)
  }
}
