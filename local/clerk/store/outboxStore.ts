/** SQL for the webhooks owed. A row leaves only when the application has answered 2xx. */
import type { Database } from '../../kernel/openDatabase.ts'
import type { DeliveryRow } from './rows.ts'

export type OutboxStore = ReturnType<typeof createOutboxStore>

export function createOutboxStore(db: Database) {
  return {
    add: (id: string, body: string, nextAt: number) =>
      db.prepare('INSERT INTO outbox (id, body, nextAt) VALUES (?, ?, ?)').run(id, body, nextAt),
    due: (now: number, limit: number) =>
      db
        .prepare('SELECT * FROM outbox WHERE nextAt <= ? ORDER BY nextAt, n LIMIT ?')
        .all(now, limit) as unknown as DeliveryRow[],
    nextAt(): number | undefined {
      const at = db.prepare('SELECT min(nextAt) AS at FROM outbox').get()?.['at']
      return typeof at === 'number' ? at : undefined
    },
    size: () => Number(db.prepare('SELECT count(*) AS n FROM outbox').get()?.['n']),
    delivered: (n: number) => db.prepare('DELETE FROM outbox WHERE n = ?').run(n),
    failed: (n: number, attempts: number, nextAt: number) =>
      db.prepare('UPDATE outbox SET attempts = ?, nextAt = ? WHERE n = ?').run(attempts, nextAt, n),
    /** After a start nothing waits out an old delay. */
    hurry: (now: number) => db.prepare('UPDATE outbox SET nextAt = ? WHERE nextAt > ?').run(now, now),
  }
}
