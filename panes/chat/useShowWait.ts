'use client'
// Brings a card into view, and loads earlier messages until it is there.
import { useCallback, useEffect, useState } from 'react'
import { type Earlier, LONGEST_PAGE } from './EarlierMessages.tsx'
import { showInConversation } from './showInConversation.ts'

export function useShowWait({ state, load }: Earlier): (waitId: string) => void {
  const [sought, setSought] = useState<string | null>(null)
  useEffect(() => {
    if (sought === null) return
    if (showInConversation(sought, 'wait') || state === 'all') setSought(null)
    else if (state === 'more') load(LONGEST_PAGE)
  }, [sought, state, load])
  return useCallback((waitId) => {
    if (!showInConversation(waitId, 'wait')) setSought(waitId)
  }, [])
}
