/** Deletes what has been over for long enough: ended runs with their steps, events, expired de-duplication keys. */
import type { Core } from './core.ts'

export function prune(core: Core, retentionMs: number): { runs: number; events: number } {
  const { db, runs, events, clock, log } = core
  const now = clock.now()
  const pruned = db.transaction(() => ({
    runs: runs.prune(now - retentionMs),
    events: events.prune(now - retentionMs, now),
  }))
  if (pruned.runs + pruned.events > 0) log.info('pruned', pruned)
  return pruned
}
