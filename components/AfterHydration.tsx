'use client'
// Draws what the server has not drawn, once its page has been taken over: times in the person's own zone. Clerk's components draw nothing
// on the server, but something at once when Clerk is there before the page comes alive, as on a slow device: React then throws the
// server's page away.
import type { ReactNode } from 'react'
import { useAlive } from './useAlive.ts'

export function AfterHydration({ children }: { children: ReactNode }) {
  return useAlive() ? children : null
}
