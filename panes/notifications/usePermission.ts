'use client'
// Whether this browser may show notices of ours, live: it can be changed in the browser's own settings at any time.
import { useCallback, useEffect, useState } from 'react'

export type Permission = NotificationPermission | 'unable'

export const readPermission = (): Permission =>
  typeof Notification === 'undefined' ? 'unable' : Notification.permission

export function usePermission(): { permission: Permission; ask: () => Promise<Permission> } {
  const [permission, setPermission] = useState<Permission>(readPermission)
  useEffect(() => {
    const look = () => setPermission(readPermission())
    // Whoever changed it elsewhere comes back to this page afterwards.
    addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  const ask = useCallback(async () => {
    const answer = await askPermission()
    setPermission(answer)
    return answer
  }, [])
  return { permission, ask }
}

/** Call from a press: browsers ignore it otherwise. */
export async function askPermission(): Promise<Permission> {
  if (typeof Notification === 'undefined') return 'unable'
  return Notification.requestPermission()
}
