/** SQL for browsers (clients) and their sessions. */
import type { Database } from '../../kernel/openDatabase.ts'
import type { ClientRow, SessionRow, SessionStatus } from './rows.ts'

export type SessionStore = ReturnType<typeof createSessionStore>

export function createSessionStore(db: Database) {
  const many = (sql: string, key: string, now: number) => db.prepare(sql).all(key, now) as unknown as SessionRow[]
  return {
    client: (id: string) => db.prepare('SELECT * FROM clients WHERE id = ?').get(id) as ClientRow | undefined,
    saveClient(client: ClientRow): void {
      const sql = `INSERT INTO clients VALUES (:id, :secretHash, :changedAtSeconds, :createdAt, :updatedAt)
        ON CONFLICT (id) DO UPDATE SET secretHash = :secretHash, changedAtSeconds = :changedAtSeconds, updatedAt = :updatedAt`
      db.prepare(sql).run({ ...client })
    },
    byId: (id: string) => db.prepare('SELECT * FROM sessions WHERE id = ?').get(id) as SessionRow | undefined,
    activeOfClient: (clientId: string, now: number) =>
      many("SELECT * FROM sessions WHERE clientId = ? AND status = 'active' AND expireAt > ?", clientId, now),
    activeOfUser: (userId: string, now: number) =>
      many("SELECT * FROM sessions WHERE userId = ? AND status = 'active' AND expireAt > ?", userId, now),
    insert(session: SessionRow): void {
      const sql = `INSERT INTO sessions VALUES (:id, :clientId, :userId, :status, :userAgent, :ipAddress,
        :createdAt, :updatedAt, :lastActiveAt, :expireAt)`
      db.prepare(sql).run({ ...session })
    },
    touch(id: string, now: number): void {
      db.prepare('UPDATE sessions SET lastActiveAt = ?, updatedAt = ? WHERE id = ?').run(now, now, id)
    },
    end(id: string, status: Exclude<SessionStatus, 'active'>, now: number): void {
      const sql = "UPDATE sessions SET status = ?, updatedAt = ? WHERE id = ? AND status = 'active'"
      db.prepare(sql).run(status, now, id)
    },
    removeOfUser: (userId: string) => db.prepare('DELETE FROM sessions WHERE userId = ?').run(userId),
    /** Drops what ended or expired before `before`, and browsers that hold no session and were not seen since. */
    forget(before: number): void {
      db.prepare("DELETE FROM sessions WHERE expireAt < ? OR (status <> 'active' AND updatedAt < ?)").run(
        before,
        before,
      )
      const idle = 'updatedAt < ? AND id NOT IN (SELECT clientId FROM sessions)'
      db.prepare(`DELETE FROM clients WHERE ${idle}`).run(before)
    },
  }
}
