// Which thread (or the inbox) the address names, and how to get to another one: the history API alone, so that changing threads needs no server.
import { usePathname } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import { isClientId } from '../../lib/chat/messageLimits.ts'

export const NEW_CHAT_PATH = '/chat'
export const INBOX_PATH = '/inbox'
export const pathOfThread = (threadId: string): string => `/chat/${threadId}`

export const isInboxPath = (path: string): boolean => path.replace(/\/$/, '') === INBOX_PATH

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
