/** The work queue in SQL. Every method runs inside the caller's transaction. */
import type { Database } from '../../kernel/openDatabase.ts'
import type { ItemOutcome } from '../engine/decision.ts'

export type ItemKind = 'discover' | 'step' | 'sleep' | 'start-timeout' | 'finish-timeout'
export type ItemState = 'ready' | 'asleep' | 'leased' | 'blocked'
/** The states that end by time alone. */
export type TimedState = Extract<ItemState, 'ready' | 'asleep'>

export interface QueueItem {
  id: string
  runId: string
  kind: ItemKind
  /** `step` for a discovery, else the hashed step id. */
  stepId: string
  name: string
  race: boolean
  dueAt: number
  state: ItemState
  attempt: number
  maxAttempts: number
  generation: number
  lostCalls: number
  leasedAt: number | null
}

export type NewItem = Pick<QueueItem, 'id' | 'runId' | 'kind' | 'stepId' | 'name' | 'race' | 'dueAt' | 'maxAttempts'>

interface Row {
  id: string
  run_id: string
  kind: ItemKind
  step_id: string
  name: string
  race: number
  due_at: number
  state: ItemState
  attempt: number
  max_attempts: number
  generation: number
  lost_calls: number
  leased_at: number | null
}

const fromRow = (row: Row): QueueItem => ({
  id: row.id,
  runId: row.run_id,
  kind: row.kind,
  stepId: row.step_id,
  name: row.name,
  race: row.race === 1,
  dueAt: row.due_at,
  state: row.state,
  attempt: row.attempt,
  maxAttempts: row.max_attempts,
  generation: row.generation,
  lostCalls: row.lost_calls,
  leasedAt: row.leased_at,
})

export type QueueStore = ReturnType<typeof createQueueStore>

export function createQueueStore(db: Database) {
  const one = (sql: string, ...values: (string | number)[]) => {
    const row = db.prepare(sql).get(...values) as unknown as Row | undefined
    return row && fromRow(row)
  }
  const many = (sql: string, ...values: (string | number)[]) =>
    (db.prepare(sql).all(...values) as unknown as Row[]).map(fromRow)
  const run = (sql: string, ...values: (string | number)[]) => db.prepare(sql).run(...values).changes

  return {
    /** Ignored when an item of that id exists. */
    insert(item: NewItem): void {
      run(
        `INSERT OR IGNORE INTO queue (id, run_id, kind, step_id, name, race, due_at, state, attempt, max_attempts, generation, lost_calls)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0)`,
        ...[item.id, item.runId, item.kind, item.stepId, item.name, item.race ? 1 : 0, item.dueAt],
        ...[item.kind === 'sleep' ? 'asleep' : 'ready', item.maxAttempts],
      )
    },
    get: (id: string) => one('SELECT * FROM queue WHERE id = ?', id),
    ofRun: (runId: string) => many('SELECT * FROM queue WHERE run_id = ? ORDER BY seq', runId),
    nextDue: (state: TimedState, now: number) =>
      one('SELECT * FROM queue WHERE state = ? AND due_at <= ? ORDER BY due_at, seq LIMIT 1', state, now),
    /** When the next item of this state falls due, or undefined when there is none. */
    nextDueAt(state: TimedState): number | undefined {
      const row = db.prepare('SELECT due_at FROM queue WHERE state = ? ORDER BY due_at LIMIT 1').get(state)
      return row === undefined ? undefined : Number(row['due_at'])
    },
    lease(id: string, generation: number, now: number): void {
      run(`UPDATE queue SET state = 'leased', generation = ?, leased_at = ? WHERE id = ?`, generation, now, id)
    },
    block(id: string, slot: string): void {
      run(`UPDATE queue SET state = 'blocked', blocked_on = ? WHERE id = ?`, slot, id)
    },
    /** Wakes the first item that waits for this slot: older runs go first. False when none does. */
    unblockFirst(slot: string): boolean {
      return (
        run(
          `UPDATE queue SET state = 'ready', blocked_on = NULL
           WHERE seq = (SELECT seq FROM queue WHERE blocked_on = ? ORDER BY run_id, seq LIMIT 1)`,
          slot,
        ) === 1
      )
    },
    again(id: string, next: Extract<ItemOutcome, { kind: 'again' }>): void {
      run(
        `UPDATE queue SET state = 'ready', attempt = ?, lost_calls = ?, due_at = ? WHERE id = ?`,
        ...[next.attempt, next.lostCalls, next.dueAt, id],
      )
    },
    /** A checkpoint went through: the same call now stands before a new step, with a budget of its own. */
    resetAttempts(id: string): void {
      run('UPDATE queue SET attempt = 0, lost_calls = 0 WHERE id = ?', id)
    },
    remove(id: string): void {
      run('DELETE FROM queue WHERE id = ?', id)
    },
    removeOfRun(runId: string): void {
      run('DELETE FROM queue WHERE run_id = ?', runId)
    },
    /** Free retries that wait for this app's functions become due: it has just answered. */
    hurryReconnects(slugs: string[], now: number): number {
      if (slugs.length === 0) return 0
      const marks = slugs.map(() => '?').join(', ')
      const sql = `UPDATE queue SET due_at = ? WHERE state = 'ready' AND lost_calls > 0 AND due_at > ?
        AND run_id IN (SELECT id FROM runs WHERE function IN (${marks}) AND ended_at IS NULL)`
      return Number(run(sql, now, now, ...slugs))
    },
    /** Calls of an earlier boot have no reader any more, slots start empty: all become due, attempts unchanged. */
    recover(now: number): number {
      // Written before sleeps had a state of their own.
      run(`UPDATE queue SET state = 'asleep' WHERE state = 'ready' AND kind = 'sleep'`)
      const sql = `UPDATE queue SET state = 'ready', blocked_on = NULL, due_at = min(due_at, ?)
        WHERE state IN ('leased', 'blocked')`
      return Number(run(sql, now))
    },
    count(): Record<ItemState, number> {
      const rows = db.prepare('SELECT state, count(*) AS n FROM queue GROUP BY state').all()
      const counts = { ready: 0, asleep: 0, leased: 0, blocked: 0 }
      return { ...counts, ...Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['n'])])) }
    },
  }
}
