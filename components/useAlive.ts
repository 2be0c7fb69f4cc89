'use client'
// Whether the server's page has been taken over. What only this device knows (its clock's zone, its language) is drawn from then on: before,
// it must be as the server drew it, and React leaves it so.
import { useSyncExternalStore } from 'react'

export function useAlive(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  )
}

const neverChanges = () => () => {}
