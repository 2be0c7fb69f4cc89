// A message that somebody wants to see, until the conversation that has it has shown it. It may be opened for that first.
import { useSyncExternalStore } from 'react'

export type SoughtMessage = { threadId: string; messageId: string }

let sought: SoughtMessage | null = null
const hearers = new Set<() => void>()

export function seekMessage(target: SoughtMessage | null): void {
  sought = target
  for (const hear of hearers) hear()
}

export function useSoughtMessage(threadId: string): string | null {
  return useSyncExternalStore(
    subscribe,
    () => (sought?.threadId === threadId ? sought.messageId : null),
    () => null,
  )
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}
