/** SQL for people. Decisions and webhooks live in `accounts.ts`. */
import type { Database } from '../../kernel/openDatabase.ts'
import type { UserRow } from './rows.ts'

export interface UserFilter {
  emails: readonly string[]
  ids: readonly string[]
  /** Part of an address, id or name; '' matches all. */
  query: string
}

export type UserStore = ReturnType<typeof createUserStore>

const matching = `
  (json_array_length(:emails) = 0 OR email IN (SELECT value FROM json_each(:emails)))
  AND (json_array_length(:ids) = 0 OR id IN (SELECT value FROM json_each(:ids)))
  AND (:query = '' OR instr(lower(email || ' ' || id || ' ' || ifnull(firstName, '') || ' ' || ifnull(lastName, '')), :query) > 0)`

export function createUserStore(db: Database) {
  const one = (sql: string, key: string) => db.prepare(sql).get(key) as UserRow | undefined
  return {
    byId: (id: string) => one('SELECT * FROM users WHERE id = ?', id),
    byEmail: (email: string) => one('SELECT * FROM users WHERE email = ?', email),
    list(filter: UserFilter, limit: number, offset: number): UserRow[] {
      const sql = `SELECT * FROM users WHERE ${matching} ORDER BY createdAt DESC, id LIMIT :limit OFFSET :offset`
      return db.prepare(sql).all({ ...encodeFilter(filter), limit, offset }) as unknown as UserRow[]
    },
    count(filter: UserFilter): number {
      return Number(db.prepare(`SELECT count(*) AS n FROM users WHERE ${matching}`).get(encodeFilter(filter))?.['n'])
    },
    insert(user: UserRow): void {
      const sql = `INSERT INTO users VALUES (:id, :email, :emailId, :externalId, :firstName, :lastName, :password,
        :publicMetadata, :privateMetadata, :unsafeMetadata, :createdAt, :updatedAt, :lastSignInAt, :wrongPasswords, :lockedUntil)`
      db.prepare(sql).run({ ...user })
    },
    save(user: UserRow): void {
      const { createdAt: _fixed, email: _address, emailId: _emailId, ...changing } = user
      const sql = `UPDATE users SET externalId = :externalId, firstName = :firstName, lastName = :lastName,
        password = :password, publicMetadata = :publicMetadata, privateMetadata = :privateMetadata,
        unsafeMetadata = :unsafeMetadata, updatedAt = :updatedAt, lastSignInAt = :lastSignInAt,
        wrongPasswords = :wrongPasswords, lockedUntil = :lockedUntil WHERE id = :id`
      db.prepare(sql).run(changing)
    },
    remove: (id: string) => db.prepare('DELETE FROM users WHERE id = ?').run(id).changes > 0,
  }
}

function encodeFilter({ emails, ids, query }: UserFilter) {
  return { emails: JSON.stringify(emails), ids: JSON.stringify(ids), query: query.toLowerCase() }
}
