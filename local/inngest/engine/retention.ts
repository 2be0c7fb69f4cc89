/** Deletes what has been over for long enough: ended runs with their steps, events, expired de-duplication keys. */
import type { Core } from './core.ts'

/** Rows of a kind deleted in one transaction: a large clean-up must not hold up a call. */
const batch = 200
const nothing = { runs: 0, events: 0, more: false }

export interface Pruned {
  runs: number
  events: number
}

/** `live`: false once the server is closing, and the database with it. */
export async function prune(core: Core, retentionMs: number, live: () => boolean): Promise<Pruned> {
  const total = { runs: 0, events: 0 }
  for (;;) {
    const { runs, events, more } = live() ? pruneBatch(core, retentionMs) : nothing
    total.runs += runs
    total.events += events
    if (!more) break
    await new Promise((done) => setImmediate(done))
  }
  if (total.runs + total.events > 0) core.log.info('pruned', { ...total })
  return total
}

function pruneBatch({ db, runs, events, clock }: Core, retentionMs: number): Pruned & { more: boolean } {
  const now = clock.now()
  return db.transaction(() => {
    const pruned = { runs: runs.prune(now - retentionMs, batch), events: events.prune(now - retentionMs, batch) }
    events.forget(now)
    return { ...pruned, more: pruned.runs === batch || pruned.events === batch }
  })
}
