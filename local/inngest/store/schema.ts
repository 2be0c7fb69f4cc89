/** The tables, each with who writes, reads and deletes it. Times are milliseconds since the epoch. */
export const schema = `
-- boot: counts starts of the server; a lease of an earlier boot has no owner any more.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

-- Written at registration; read at boot and for GET /health. An app is replaced by name.
CREATE TABLE IF NOT EXISTS apps (
  name TEXT PRIMARY KEY, url TEXT NOT NULL, sdk TEXT NOT NULL, framework TEXT NOT NULL,
  checksum TEXT NOT NULL, synced_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Written at registration; archived ones start no runs but still serve those in flight. Never deleted.
CREATE TABLE IF NOT EXISTS functions (
  slug TEXT PRIMARY KEY, id TEXT NOT NULL, app TEXT NOT NULL, config TEXT NOT NULL, archived INTEGER NOT NULL
) WITHOUT ROWID;

-- Written at ingestion and when a run ends; deleted by retention.
CREATE TABLE IF NOT EXISTS events (
  internal_id TEXT PRIMARY KEY, name TEXT NOT NULL, event TEXT NOT NULL, received_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS events_name ON events (name, internal_id);
CREATE INDEX IF NOT EXISTS events_received ON events (received_at);

-- Which run an event id the sender chose has started, per function, for 24 hours; deleted by retention.
CREATE TABLE IF NOT EXISTS run_dedup (
  function TEXT NOT NULL, event_id TEXT NOT NULL, run_id TEXT NOT NULL, expires_at INTEGER NOT NULL,
  PRIMARY KEY (function, event_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS run_dedup_expiry ON run_dedup (expires_at);

-- Written when scheduled, at each report, at the end; deleted by retention.
-- calls counts dispatches and is also the source of generations: they only rise within a run.
CREATE TABLE IF NOT EXISTS runs (
  id TEXT PRIMARY KEY, function TEXT NOT NULL, status TEXT NOT NULL,
  event_internal_id TEXT NOT NULL, event TEXT NOT NULL, slots TEXT NOT NULL, checkpointing INTEGER NOT NULL,
  req_version INTEGER NOT NULL, force_plan INTEGER NOT NULL, pending TEXT NOT NULL, calls INTEGER NOT NULL,
  created_at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER, output TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS runs_status ON runs (status, id);
CREATE INDEX IF NOT EXISTS runs_event ON runs (event_internal_id);
CREATE INDEX IF NOT EXISTS runs_ended ON runs (ended_at) WHERE ended_at IS NOT NULL;

-- One row per step on record; its order is the order of completion. Deleted with its run.
CREATE TABLE IF NOT EXISTS steps (
  run_id TEXT NOT NULL, seq INTEGER NOT NULL, step_id TEXT NOT NULL, name TEXT NOT NULL, op TEXT NOT NULL,
  memo TEXT NOT NULL, error TEXT, started_at INTEGER, ended_at INTEGER NOT NULL,
  PRIMARY KEY (run_id, step_id)
) WITHOUT ROWID;

-- One row per failed attempt, for people only. Deleted with its run.
CREATE TABLE IF NOT EXISTS step_failures (
  run_id TEXT NOT NULL, step_id TEXT NOT NULL, name TEXT NOT NULL, attempt INTEGER NOT NULL,
  at INTEGER NOT NULL, error TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS step_failures_run ON step_failures (run_id);

-- Work to do: calls, sleeps, run timeouts. A row is deleted in the transaction that records what came of it.
-- state: ready (due at due_at), asleep (a sleep until due_at), leased (a call is in flight), blocked (waits for the slot
-- named in blocked_on).
CREATE TABLE IF NOT EXISTS queue (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, run_id TEXT NOT NULL, kind TEXT NOT NULL,
  step_id TEXT NOT NULL, name TEXT NOT NULL, race INTEGER NOT NULL, due_at INTEGER NOT NULL, state TEXT NOT NULL,
  blocked_on TEXT, attempt INTEGER NOT NULL, max_attempts INTEGER NOT NULL, generation INTEGER NOT NULL,
  lost_calls INTEGER NOT NULL, leased_at INTEGER
);
CREATE INDEX IF NOT EXISTS queue_due ON queue (state, due_at, seq);
CREATE INDEX IF NOT EXISTS queue_run ON queue (run_id);
CREATE INDEX IF NOT EXISTS queue_blocked ON queue (blocked_on, run_id, seq) WHERE blocked_on IS NOT NULL;
`
