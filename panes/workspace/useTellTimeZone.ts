'use client'
// Tells the database once where the person is, so that “tomorrow at nine” has a meaning before they have chosen a time zone.
import { useMutation } from 'convex/react'
import { useEffect, useRef } from 'react'
import { api } from '../../convex/_generated/api.js'
import { browserZone } from '../settings/timeZones.ts'

export function useTellTimeZone(isReady: boolean): void {
  const see = useMutation(api.preferences.seeTimeZone)
  const isTold = useRef(false)
  useEffect(() => {
    if (!isReady || isTold.current) return
    isTold.current = true
    see({ timeZone: browserZone() }).catch((cause: unknown) =>
      console.warn('The time zone of this browser could not be told; the settings can.', cause),
    )
  }, [isReady, see])
}
