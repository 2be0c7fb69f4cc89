/** Events and the 24-hour memory of which event ids have started which functions. Inside the caller's transaction. */
import type { Database } from '../../kernel/openDatabase.ts'
import type { AcceptedEvent, DeliveredEvent } from '../protocol/incomingEvents.ts'

/** Within this time a second event of the same id starts no second run of a function. */
const dedupWindowMs = 24 * 3_600_000

export interface StoredEvent {
  internalId: string
  receivedAt: number
  event: DeliveredEvent
}

export interface EventFilter {
  name?: string
  /** Events older than this one (ids sort by time). */
  before?: string
  receivedAfter?: number
  receivedBefore?: number
  limit: number
}

export type EventStore = ReturnType<typeof createEventStore>

export function createEventStore(db: Database) {
  const events = (sql: string, ...values: (string | number)[]): StoredEvent[] =>
    db
      .prepare(sql)
      .all(...values)
      .map((row) => ({
        internalId: String(row['internal_id']),
        receivedAt: Number(row['received_at']),
        event: JSON.parse(String(row['event'])) as DeliveredEvent,
      }))

  return {
    /** False when this very event is stored already (the SDK repeated a request whose answer it did not see). */
    insert({ internalId, event }: AcceptedEvent, now: number): boolean {
      const sql = 'INSERT OR IGNORE INTO events (internal_id, name, event, received_at) VALUES (?, ?, ?, ?)'
      return db.prepare(sql).run(internalId, event.name, JSON.stringify(event), now).changes === 1
    },
    get: (internalId: string): StoredEvent | undefined =>
      events('SELECT * FROM events WHERE internal_id = ?', internalId)[0],
    list({ name, before, receivedAfter, receivedBefore, limit }: EventFilter): StoredEvent[] {
      const conditions: [string, string | number | undefined][] = [
        ['name = ?', name],
        ['internal_id < ?', before],
        ['received_at >= ?', receivedAfter],
        ['received_at <= ?', receivedBefore],
      ]
      const used = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]))
      const filter = used.length > 0 ? `WHERE ${used.map(({ sql }) => sql).join(' AND ')}` : ''
      const values = used.map(({ value }) => value)
      return events(`SELECT * FROM events ${filter} ORDER BY internal_id DESC LIMIT ?`, ...values, limit)
    },
    /** The run this event id has started within the window, if any. */
    startedRun(functionSlug: string, eventId: string, now: number): string | undefined {
      const sql = 'SELECT run_id FROM run_dedup WHERE function = ? AND event_id = ? AND expires_at > ?'
      const row = db.prepare(sql).get(functionSlug, eventId, now)
      return row && String(row['run_id'])
    },
    rememberRun(functionSlug: string, eventId: string, runId: string, now: number): void {
      const sql = 'INSERT OR REPLACE INTO run_dedup (function, event_id, run_id, expires_at) VALUES (?, ?, ?, ?)'
      db.prepare(sql).run(functionSlug, eventId, runId, now + dedupWindowMs)
    },
    prune(receivedBefore: number, most: number): number {
      const old = 'SELECT internal_id FROM events WHERE received_at < ? LIMIT ?'
      const sql = `DELETE FROM events WHERE internal_id IN (${old})`
      return Number(db.prepare(sql).run(receivedBefore, most).changes)
    },
    forget(now: number): void {
      db.prepare('DELETE FROM run_dedup WHERE expires_at <= ?').run(now)
    },
  }
}
