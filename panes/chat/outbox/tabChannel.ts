// Tabs of one person talking to each other: one of them leads (a Web Lock), the others tell it when something changed.

export type TabChannel = {
  post: () => void
  listen: (hear: () => void) => () => void
  /** Calls `lead` once this tab is the one; the lock is held until released, and passes on by itself when the tab dies. */
  lead: (lead: () => Promise<void>) => () => void
}

export function openTabChannel(name: string): TabChannel {
  // BroadcastChannel does not deliver to the object that posts, so one object per tab serves both ways.
  const broadcast = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)
  return {
    post: () => broadcast?.postMessage('changed'),
    listen: (hear) => {
      broadcast?.addEventListener('message', hear)
      return () => broadcast?.removeEventListener('message', hear)
    },
    lead: (lead) => holdLock(name, lead),
  }
}

function holdLock(name: string, lead: () => Promise<void>): () => void {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const waiting = new AbortController()
  // Outside a secure context there are no locks: two tabs may then send the same message, which the server counts once.
  if (typeof navigator.locks === 'undefined') void lead()
  else {
    navigator.locks
      .request(name, { signal: waiting.signal }, async () => {
        await lead()
        await released
      })
      .catch((cause: unknown) => {
        if (!waiting.signal.aborted) throw cause
      })
  }
  return () => {
    waiting.abort()
    release()
  }
}
