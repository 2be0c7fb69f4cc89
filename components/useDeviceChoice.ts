'use client'
// One of a few, chosen for this device: everything that shows it follows at once, and so do the other tabs.
import { useCallback, useSyncExternalStore } from 'react'

/** Heard by whatever depends on a choice, themeScript too. */
const changed = 'nightshift:choice'

/** `parse` makes a value of whatever is stored; of null, the one that nobody has chosen. The server draws that one. */
export function useDeviceChoice<Value extends string>(
  key: string,
  parse: (stored: string | null) => Value,
): [Value, (value: Value) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => parse(readChoice(key)),
    () => parse(null),
  )
  const choose = useCallback((chosen: Value) => keepChoice(key, chosen), [key])
  return [value, choose]
}

/** Null: nobody has chosen, or storage is forbidden here. */
export function readChoice(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function keepChoice(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch (cause) {
    console.warn(`The choice ${key} cannot be kept on this device.`, cause)
  }
  dispatchEvent(new Event(changed))
}

/** `storage` tells the other tabs, our own event this one. */
function subscribe(hear: () => void): () => void {
  addEventListener('storage', hear)
  addEventListener(changed, hear)
  return () => {
    removeEventListener('storage', hear)
    removeEventListener(changed, hear)
  }
}
