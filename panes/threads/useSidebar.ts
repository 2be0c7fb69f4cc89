'use client'
// Whether the column of threads is shown where there is room for it. Kept on this device.
import { useCallback } from 'react'
import { useDeviceChoice } from '../../components/useDeviceChoice.ts'

const KEY = 'nightshift:sidebar'
const parse = (stored: string | null): 'shown' | 'hidden' => (stored === 'hidden' ? 'hidden' : 'shown')

export function useSidebar(): { isHidden: boolean; hide: () => void; show: () => void } {
  const [choice, choose] = useDeviceChoice(KEY, parse)
  return {
    isHidden: choice === 'hidden',
    hide: useCallback(() => choose('hidden'), [choose]),
    show: useCallback(() => choose('shown'), [choose]),
  }
}
