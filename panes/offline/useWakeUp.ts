'use client'
// A device wakes up, or a page is looked at again: whatever waits for a network looks at once instead of at its next time.
import { useConvex } from 'convex/react'
import { useEffect } from 'react'

export function useWakeUp(wake: () => void): void {
  const convex = useConvex()
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible') return
      // After a sleep the pause until Convex's next try may be long. It goes on at once when the browser says “online”, and only then; a
      // network that was there all the time, or is back behind an interface that never went down, is not announced by anybody else.
      if (navigator.onLine && !convex.connectionState().isWebSocketConnected) dispatchEvent(new Event('online'))
      wake()
    }
    document.addEventListener('visibilitychange', look)
    addEventListener('pageshow', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      removeEventListener('pageshow', look)
    }
  }, [convex, wake])
}
