/** What clients were answered: a mutation that is sent again after a reconnect gets its first answer. */
import type { Store } from '../store/createStore.ts'
import type { MutationResult } from './runMutation.ts'

export interface Session {
  sessionId: string
  requestId: number
}

/** A client that was gone for longer than this has to live with a repeat. */
export const SESSION_RETENTION_MS = 48 * 3_600_000

export function findSession(store: Store, { sessionId, requestId }: Session): MutationResult | null {
  const statement = store.db.prepare('SELECT ts, value, logLines FROM sessions WHERE session = ? AND request = ?')
  statement.setReadBigInts(true)
  const row = statement.get(sessionId, requestId) as { ts: bigint; value: string; logLines: string } | undefined
  if (!row) return null
  return { outcome: { ok: true, value: row.value, logLines: JSON.parse(row.logLines) as string[] }, ts: row.ts }
}

export function recordSession(
  store: Store,
  { sessionId, requestId }: Session,
  ts: bigint,
  value: string,
  logLines: string[],
): void {
  store.db
    .prepare('INSERT INTO sessions (session, request, ts, value, logLines) VALUES (?, ?, ?, ?, ?)')
    .run(sessionId, requestId, ts, value, JSON.stringify(logLines))
}

export function pruneSessions(store: Store, nowMs: number): void {
  const before = BigInt(Math.floor(nowMs - SESSION_RETENTION_MS)) * 1_000_000n
  store.db.prepare('DELETE FROM sessions WHERE ts < ?').run(before)
}
