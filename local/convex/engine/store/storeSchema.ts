/** The SQLite layout. Every index entry begins with the index's number, which stands for (component, table, index). */
export const storeSchema = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tables (
  component TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (component, name), UNIQUE (component, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS indexes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  component TEXT NOT NULL, tableName TEXT NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL, staged INTEGER NOT NULL,
  UNIQUE (component, tableName, name)
);
-- One row a document: its whole text, found only through index entries.
CREATE TABLE IF NOT EXISTS docs (rid INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS entries (
  ix INTEGER NOT NULL, key BLOB NOT NULL, doc INTEGER NOT NULL,
  PRIMARY KEY (ix, key)
) WITHOUT ROWID;
-- Each search index has an FTS5 table of its own (searchStore.ts); here is what relevance needs to know of its documents.
CREATE TABLE IF NOT EXISTS searchDocs (
  ix INTEGER NOT NULL, doc INTEGER NOT NULL, length INTEGER NOT NULL, creationTime REAL NOT NULL,
  PRIMARY KEY (ix, doc)
) WITHOUT ROWID;
-- Mutations that a client may send again after a reconnect.
CREATE TABLE IF NOT EXISTS sessions (
  session TEXT NOT NULL, request INTEGER NOT NULL, ts INTEGER NOT NULL, value TEXT NOT NULL, logLines TEXT NOT NULL,
  PRIMARY KEY (session, request)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_ts ON sessions (ts);
CREATE TABLE IF NOT EXISTS crons (
  name TEXT PRIMARY KEY, spec TEXT NOT NULL, nextRun INTEGER NOT NULL
) WITHOUT ROWID;
`
