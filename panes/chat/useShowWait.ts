'use client'
// Brings a card into view, and loads earlier messages until it is there.
import { useCallback, useEffect, useState } from 'react'
import type { Earlier } from './EarlierMessages.tsx'
import { LONGEST_PAGE } from './lengthOfNextPage.ts'
import { seekOn } from './seekOn.ts'
import { showInConversation } from './showInConversation.ts'

export function useShowWait({ state, load }: Earlier): (waitId: string) => void {
  // Each press is a wish of its own: offline, what is shown is never known to be all.
  const [sought, setSought] = useState<{ waitId: string } | null>(null)
  useEffect(() => {
    if (sought === null) return
    const step = seekOn(showInConversation(sought.waitId, 'wait'), state)
    if (step === 'load') load(LONGEST_PAGE)
    else if (step !== 'wait') setSought(null)
  }, [sought, state, load])
  return useCallback((waitId) => setSought({ waitId }), [])
}
