'use client'
// Takes a new page from the server as soon as it answers, where this one cannot get further by itself. Drafts and the outbox are on the
// device and come back with it.
import { useEffect } from 'react'

const LOOK_EVERY_MS = 10_000
/** A server that answers while Clerk's does not: not again and again. */
const AT_MOST_EVERY_MS = 60_000
const KEY = 'nightshift:new-page-at'

export function useNewPage(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return
    const look = () => {
      if (navigator.onLine && document.visibilityState === 'visible' && isDue()) void reloadIfAnswered()
    }
    const timer = setInterval(look, LOOK_EVERY_MS)
    addEventListener('online', look)
    document.addEventListener('visibilitychange', look)
    look()
    return () => {
      clearInterval(timer)
      removeEventListener('online', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [isNeeded])
}

async function reloadIfAnswered(): Promise<void> {
  try {
    const response = await fetch('/manifest.webmanifest', { cache: 'no-store' })
    if (!response.ok) return
    sessionStorage.setItem(KEY, `${Date.now()}`)
    location.reload()
  } catch {
    // Still out of reach: looked at again.
  }
}

function isDue(): boolean {
  try {
    return Date.now() - Number(sessionStorage.getItem(KEY)) > AT_MOST_EVERY_MS
  } catch {
    return false // Without storage nobody could count.
  }
}
