'use client'
// Draws what the server has not drawn, once its page has been taken over. Clerk's components draw nothing on the server, but something at
// once when Clerk is there before the page comes alive, as on a slow device: React then throws the server's page away.
import { type ReactNode, useSyncExternalStore } from 'react'

export function AfterHydration({ children }: { children: ReactNode }) {
  const isAlive = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  )
  return isAlive ? children : null
}

const neverChanges = () => () => {}
