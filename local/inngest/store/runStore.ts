/** Runs, their steps and failed attempts in SQL. Every method runs inside the caller's transaction. */
import type { Database } from '../../kernel/openDatabase.ts'
import type { Failure, StepRecord } from '../engine/decision.ts'
import type { SlotKey } from '../engine/slots.ts'
import type { DeliveredEvent } from '../protocol/incomingEvents.ts'
import { type Json, parseJson } from '../protocol/json.ts'

export type RunStatus = 'Scheduled' | 'Running' | 'Completed' | 'Failed' | 'Cancelled'

export interface Run {
  id: string
  /** The function's slug, `<app>-<function>`. */
  functionSlug: string
  status: RunStatus
  eventInternalId: string
  event: DeliveredEvent
  slots: SlotKey[]
  checkpointing: boolean
  reqVersion: number
  forcePlan: boolean
  pending: string[]
  /** Dispatches so far; also the source of generations. */
  calls: number
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  output: Json | undefined
}

export type NewRun = Pick<
  Run,
  'id' | 'functionSlug' | 'eventInternalId' | 'event' | 'slots' | 'checkpointing' | 'createdAt'
>

export interface Step {
  stepId: string
  name: string
  op: string
  memo: Json
  error: Json | undefined
  startedAt: number | null
  endedAt: number
}

export interface StepFailure extends Failure {
  at: number
}

interface RunRow {
  id: string
  function: string
  status: RunStatus
  event_internal_id: string
  event: string
  slots: string
  checkpointing: number
  req_version: number
  force_plan: number
  pending: string
  calls: number
  created_at: number
  started_at: number | null
  ended_at: number | null
  output: string | null
}

const fromRow = (row: RunRow): Run => ({
  id: row.id,
  functionSlug: row.function,
  status: row.status,
  eventInternalId: row.event_internal_id,
  event: JSON.parse(row.event) as DeliveredEvent,
  slots: JSON.parse(row.slots) as SlotKey[],
  checkpointing: row.checkpointing === 1,
  reqVersion: row.req_version,
  forcePlan: row.force_plan === 1,
  pending: JSON.parse(row.pending) as string[],
  calls: row.calls,
  createdAt: row.created_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  output: row.output === null ? undefined : parseJson(row.output),
})

export interface RunFilter {
  statuses?: string[]
  functionSlug?: string
  /** Runs older than this one (ids sort by time). */
  before?: string
  limit: number
}

export type RunStore = ReturnType<typeof createRunStore>

export function createRunStore(db: Database) {
  type Value = string | number | null
  const exec = (sql: string, ...values: Value[]) => Number(db.prepare(sql).run(...values).changes)
  const runs = (sql: string, ...values: Value[]) => (db.prepare(sql).all(...values) as unknown as RunRow[]).map(fromRow)

  return {
    insert(run: NewRun): void {
      exec(
        `INSERT INTO runs (id, function, status, event_internal_id, event, slots, checkpointing, req_version, force_plan, pending, calls, created_at)
         VALUES (?, ?, 'Scheduled', ?, ?, ?, ?, -1, 0, '[]', 0, ?)`,
        ...[run.id, run.functionSlug, run.eventInternalId, JSON.stringify(run.event), JSON.stringify(run.slots)],
        ...[run.checkpointing ? 1 : 0, run.createdAt],
      )
    },
    get: (id: string): Run | undefined => runs('SELECT * FROM runs WHERE id = ?', id)[0],
    ofEvent: (internalId: string): Run[] =>
      runs('SELECT * FROM runs WHERE event_internal_id = ? ORDER BY id', internalId),
    list({ statuses, functionSlug, before, limit }: RunFilter): Run[] {
      const where: string[] = []
      const values: Value[] = []
      if (statuses) {
        where.push(`status IN (${statuses.map(() => '?').join(', ')})`)
        values.push(...statuses)
      }
      if (functionSlug !== undefined) {
        where.push('function = ?')
        values.push(functionSlug)
      }
      if (before !== undefined) {
        where.push('id < ?')
        values.push(before)
      }
      const filter = where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''
      return runs(`SELECT * FROM runs ${filter} ORDER BY id DESC LIMIT ?`, ...values, limit)
    },
    dispatched(id: string, generation: number, now: number): void {
      exec(
        `UPDATE runs SET calls = ?, status = 'Running', started_at = coalesce(started_at, ?) WHERE id = ?`,
        ...[generation, now, id],
      )
    },
    update(id: string, next: { reqVersion: number; forcePlan: boolean; pending: string[] }): void {
      exec(
        'UPDATE runs SET req_version = ?, force_plan = ?, pending = ? WHERE id = ?',
        ...[next.reqVersion, next.forcePlan ? 1 : 0, JSON.stringify(next.pending), id],
      )
    },
    /** True for the one caller that ends the run. */
    end(id: string, status: RunStatus, output: Json, now: number): boolean {
      const sql = 'UPDATE runs SET status = ?, output = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL'
      return exec(sql, status, JSON.stringify(output), now, id) === 1
    },
    addStep(runId: string, step: StepRecord, now: number): void {
      exec(
        `INSERT OR IGNORE INTO steps (run_id, seq, step_id, name, op, memo, error, started_at, ended_at)
         VALUES (?, (SELECT count(*) FROM steps WHERE run_id = ?), ?, ?, ?, ?, ?, ?, ?)`,
        ...[runId, runId, step.stepId, step.name, step.op, JSON.stringify(step.memo)],
        ...[step.error === undefined ? null : JSON.stringify(step.error), step.startedAt ?? null, step.endedAt ?? now],
      )
    },
    stepIds: (runId: string): string[] =>
      db
        .prepare('SELECT step_id FROM steps WHERE run_id = ? ORDER BY seq')
        .all(runId)
        .map((row) => String(row['step_id'])),
    /** In order of completion. */
    steps: (runId: string): Step[] =>
      db
        .prepare('SELECT * FROM steps WHERE run_id = ? ORDER BY seq')
        .all(runId)
        .map((row) => ({
          stepId: String(row['step_id']),
          name: String(row['name']),
          op: String(row['op']),
          memo: parseJson(String(row['memo'])) ?? null,
          error: row['error'] === null ? undefined : parseJson(String(row['error'])),
          startedAt: row['started_at'] === null ? null : Number(row['started_at']),
          endedAt: Number(row['ended_at']),
        })),
    addFailure(runId: string, { stepId, name, attempt, error }: Failure, now: number): void {
      const sql = 'INSERT INTO step_failures (run_id, step_id, name, attempt, at, error) VALUES (?, ?, ?, ?, ?, ?)'
      exec(sql, runId, stepId, name, attempt, now, JSON.stringify(error))
    },
    failures: (runId: string): StepFailure[] =>
      db
        .prepare('SELECT * FROM step_failures WHERE run_id = ? ORDER BY rowid')
        .all(runId)
        .map((row) => ({
          stepId: String(row['step_id']),
          name: String(row['name']),
          attempt: Number(row['attempt']),
          at: Number(row['at']),
          error: parseJson(String(row['error'])) ?? null,
        })),
    /** Runs that have not ended and that nothing would wake. Should be none: [EX45]. */
    withoutWork: (): Run[] =>
      runs(`SELECT * FROM runs WHERE status IN ('Scheduled', 'Running') AND NOT EXISTS
        (SELECT 1 FROM queue WHERE run_id = runs.id AND kind IN ('discover', 'step', 'sleep'))`),
    prune(endedBefore: number, most: number): number {
      const old = db.prepare('SELECT id FROM runs WHERE ended_at < ? LIMIT ?').all(endedBefore, most)
      for (const row of old) {
        const id = String(row['id'])
        exec('DELETE FROM steps WHERE run_id = ?', id)
        exec('DELETE FROM step_failures WHERE run_id = ?', id)
        exec('DELETE FROM runs WHERE id = ?', id)
      }
      return old.length
    },
  }
}
