/** SQL for unfinished sign-ins and sign-ups, and for one-time tickets. */
import type { Database } from '../../kernel/openDatabase.ts'
import type { AttemptKind, AttemptRow } from './rows.ts'

export function createAttemptStore(db: Database) {
  return {
    ofClient: (clientId: string, kind: AttemptKind) =>
      db.prepare('SELECT * FROM attempts WHERE clientId = ? AND kind = ?').get(clientId, kind) as
        | AttemptRow
        | undefined,
    /** A new attempt takes the place of the browser's older one of the same kind. */
    save(attempt: AttemptRow): void {
      db.prepare('INSERT OR REPLACE INTO attempts VALUES (:id, :clientId, :kind, :data, :createdAt)').run({
        ...attempt,
      })
    },
    removeOfClient: (clientId: string) => db.prepare('DELETE FROM attempts WHERE clientId = ?').run(clientId),
    addTicket: (ticketHash: string, userId: string, expireAt: number) =>
      db.prepare('INSERT INTO tickets VALUES (?, ?, ?)').run(ticketHash, userId, expireAt),
    /** Uses the ticket up; the user it was for, or undefined when it is unknown, used or expired. */
    takeTicket(ticketHash: string, now: number): string | undefined {
      const row = db.prepare('DELETE FROM tickets WHERE ticketHash = ? RETURNING userId, expireAt').get(ticketHash)
      return row && Number(row['expireAt']) > now ? String(row['userId']) : undefined
    },
    forget(before: number): void {
      db.prepare('DELETE FROM attempts WHERE createdAt < ?').run(before)
      db.prepare('DELETE FROM tickets WHERE expireAt < ?').run(before)
    },
  }
}
