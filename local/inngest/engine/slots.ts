/**
 * Who holds which concurrency slot. In memory only: a slot is held by a call in flight, and a call in flight does not
 * outlive the server, so after a crash every slot is free and no key stays blocked.
 */
export interface SlotKey {
  key: string
  limit: number
}

export interface Slots {
  /** The first of these keys that has no slot left. */
  fullKey(keys: SlotKey[]): string | undefined
  /** Takes one slot of each key for a call of this run. */
  take(ticket: string, runId: string, keys: SlotKey[]): void
  /** Gives the call's slots back; the keys that became free. Nothing the second time. */
  release(ticket: string): string[]
  /** Gives back what the run's calls hold: an ended run must not block others while its last call winds down. */
  releaseRun(runId: string): string[]
  /** Calls and wakings that hold slots. */
  size(): number
}

export function createSlots(): Slots {
  const used = new Map<string, number>()
  const held = new Map<string, { runId: string; keys: string[] }>()

  function release(ticket: string): string[] {
    const holding = held.get(ticket)
    if (!holding) return []
    held.delete(ticket)
    for (const key of holding.keys) {
      const left = (used.get(key) ?? 0) - 1
      if (left > 0) used.set(key, left)
      else used.delete(key)
    }
    return holding.keys
  }

  return {
    fullKey: (keys) => keys.find(({ key, limit }) => (used.get(key) ?? 0) >= limit)?.key,
    take(ticket, runId, keys) {
      held.set(ticket, { runId, keys: keys.map(({ key }) => key) })
      for (const { key } of keys) used.set(key, (used.get(key) ?? 0) + 1)
    },
    release,
    releaseRun: (runId) => [...held].flatMap(([ticket, holding]) => (holding.runId === runId ? release(ticket) : [])),
    size: () => held.size,
  }
}
