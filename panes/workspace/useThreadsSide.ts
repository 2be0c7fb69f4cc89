'use client'
// Where the list of threads is: in its column where there is room for one, unless it was put away, else in a drawer.
import { useCallback, useState } from 'react'
import { useSidebar } from '../threads/useSidebar.ts'

export function useThreadsSide(isWide: boolean) {
  const { isHidden, hide, show } = useSidebar()
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  return {
    isHidden,
    hide,
    isDrawerOpen,
    closeDrawer: useCallback(() => setDrawerOpen(false), []),
    open: () => (isWide ? show() : setDrawerOpen(true)),
    toggle: () => {
      if (!isWide) setDrawerOpen((was) => !was)
      else if (isHidden) show()
      else hide()
    },
  }
}
