/** The tables. Times are milliseconds since the epoch unless the name says otherwise. */
export const schema = `
-- Written by accounts.ts; read everywhere; deleted with the account.
CREATE TABLE IF NOT EXISTS users (
  id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, emailId TEXT NOT NULL, externalId TEXT UNIQUE,
  firstName TEXT, lastName TEXT, password TEXT,
  publicMetadata TEXT NOT NULL, privateMetadata TEXT NOT NULL, unsafeMetadata TEXT NOT NULL,
  createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL, lastSignInAt INTEGER,
  wrongPasswords INTEGER NOT NULL DEFAULT 0, lockedUntil INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A browser. Only a hash of its secret is kept. changedAtSeconds: its last sign-in or sign-out (__client_uat).
CREATE TABLE IF NOT EXISTS clients (
  id TEXT PRIMARY KEY, secretHash TEXT NOT NULL, changedAtSeconds INTEGER NOT NULL,
  createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL
) STRICT;

-- status: active | ended | removed | revoked. clientId is '' for sessions made through the Backend API.
CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY, clientId TEXT NOT NULL, userId TEXT NOT NULL, status TEXT NOT NULL,
  userAgent TEXT NOT NULL, ipAddress TEXT NOT NULL,
  createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL, lastActiveAt INTEGER NOT NULL, expireAt INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sessions_by_client ON sessions (clientId, status);
CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (userId, status);

-- A sign-in or sign-up that is not finished; one of each kind a browser. data: its fields as JSON.
CREATE TABLE IF NOT EXISTS attempts (
  id TEXT PRIMARY KEY, clientId TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL, createdAt INTEGER NOT NULL,
  UNIQUE (clientId, kind)
) STRICT;

-- One-time sign-in tickets, by the hash of the ticket.
CREATE TABLE IF NOT EXISTS tickets (
  ticketHash TEXT PRIMARY KEY, userId TEXT NOT NULL, expireAt INTEGER NOT NULL
) STRICT;

-- Webhooks owed. A row is one delivery: the strict profile owes two for each event, with the same id.
CREATE TABLE IF NOT EXISTS outbox (
  n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, body TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, nextAt INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_due ON outbox (nextAt);
`
