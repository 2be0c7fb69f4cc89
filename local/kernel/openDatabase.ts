import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

export interface Database {
  /** A prepared statement, cached by its text. */
  prepare(sql: string): StatementSync
  exec(sql: string): void
  /** Runs `fn` inside BEGIN IMMEDIATE … COMMIT; a throw rolls back. `fn` is synchronous: nothing else runs in between. */
  transaction<T>(fn: () => T): T
  close(): void
}

export interface DatabaseOptions {
  /** A file path, or `:memory:`. */
  path: string
  /** Run once per open, must be repeatable (`CREATE TABLE IF NOT EXISTS …`). */
  schema: string
  /**
   * `normal` survives `kill -9` of the process; `full` also survives a power cut, at about five times the cost of a commit.
   */
  durability?: 'normal' | 'full'
}

/**
 * Opens a SQLite file in WAL mode and holds it exclusively: a second process that opens the same file is refused,
 * and a killed process leaves no stale lock behind.
 */
export function openDatabase({ path, schema, durability = 'normal' }: DatabaseOptions): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path)
  try {
    db.exec('PRAGMA busy_timeout = 2000; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;')
    db.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}; PRAGMA foreign_keys = ON;`)
    db.exec('BEGIN IMMEDIATE; COMMIT;')
    db.exec(schema)
  } catch (cause) {
    db.close()
    throw new Error(
      `Cannot open the database ${path}. Another copy may be running on the same data folder: stop it, or set DATA_DIR to another folder.`,
      { cause },
    )
  }

  const statements = new Map<string, StatementSync>()
  let depth = 0

  return {
    prepare(sql) {
      let statement = statements.get(sql)
      if (!statement) {
        statement = db.prepare(sql)
        statements.set(sql, statement)
      }
      return statement
    },
    exec: (sql) => db.exec(sql),
    transaction(fn) {
      if (depth > 0) return fn()
      db.exec('BEGIN IMMEDIATE')
      depth = 1
      try {
        const result = fn()
        db.exec('COMMIT')
        return result
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      } finally {
        depth = 0
      }
    },
    close() {
      statements.clear()
      db.close()
    },
  }
}
