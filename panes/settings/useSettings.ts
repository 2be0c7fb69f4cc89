'use client'
// What the person has set for every chat, and how it is changed: seen at once, taken back by itself when the database refuses.
import { useMutation, useQuery } from 'convex/react'
import type { FunctionArgs } from 'convex/server'
import { useMemo, useRef } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { Preferences } from '../../convex/validators.ts'
import { applyChange } from './applyChange.ts'

export type PreferencesChange = FunctionArgs<typeof api.preferences.set>
export type SetPreferences = (change: PreferencesChange) => Promise<unknown>

/** Null while it is fetched for the first time. */
export function usePreferences(isReady: boolean): Preferences | null {
  const fresh = useQuery(api.preferences.get, isReady ? {} : 'skip')
  const kept = useRef<Preferences | null>(null)
  if (fresh !== undefined) kept.current = fresh
  return kept.current
}

export function useSetPreferences(): SetPreferences {
  const set = useMutation(api.preferences.set)
  return useMemo(
    () =>
      set.withOptimisticUpdate((store, change) => {
        const before = store.getQuery(api.preferences.get, {})
        if (before !== undefined) store.setQuery(api.preferences.get, {}, applyChange(before, change))
      }),
    [set],
  )
}
