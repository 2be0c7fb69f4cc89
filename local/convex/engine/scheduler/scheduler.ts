/** Runs what is due: mutations exactly once, actions at most once. The table is the queue; nothing is kept in memory but timers. */
import type { Stop } from '../../../kernel/clock.ts'
import type { JsonObject } from '../backend.ts'
import { canonicalPath } from '../code/codeVersion.ts'
import type { EngineState } from '../engineState.ts'
import { runAction } from '../run/runAction.ts'
import { runInternal, runMutation } from '../run/runMutation.ts'
import { describeThrown, FunctionError } from '../runtime/functionError.ts'
import { resolvePath } from '../runtime/resolveFunction.ts'
import { ensureSystemTable } from '../store/applySchema.ts'
import type { Index, Table } from '../store/catalog.ts'
import type { Transaction } from '../tx/transaction.ts'
import { encodeKey, prefixEnd } from '../values/encodeKey.ts'
import { finishJob, type JobState, jobById, SCHEDULED_FUNCTIONS, startJob, stateOf } from './jobs.ts'

const TABLE_NUMBER = 1
const MOST_PARALLEL = 16
const KEEP_FINISHED_MS = 7 * 24 * 3_600_000
const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 2 * 3_600_000
const REMOVAL_BATCH = 500

interface Job {
  id: string
  name: string
  args: JsonObject
  at: number
}

export class Scheduler {
  private readonly state: EngineState
  private readonly table: Table
  private readonly byDue: Index
  private readonly byCompleted: Index
  private readonly running = new Map<string, Promise<void>>()
  /** Jobs that failed for a reason of ours, and when to try again. */
  private readonly postponed = new Map<string, { until: number; failures: number }>()
  private timer: Stop | null = null
  private isStarted = false
  private isStopped = false
  private isQueued = false

  constructor(state: EngineState) {
    this.state = state
    this.table = ensureSystemTable(state.store, SCHEDULED_FUNCTIONS, TABLE_NUMBER, {
      by_due: ['state.kind', 'scheduledTime'],
      by_completed: ['completedTime'],
    })
    this.byDue = this.index('by_due')
    this.byCompleted = this.index('by_completed')
    state.store.onCommit((_entry, writes) => {
      if (writes.some(({ table }) => table === this.table)) this.wake()
    })
  }

  /** From the first deploy on: before it there is no code to run. */
  start(): void {
    if (!this.isStarted) this.failInterrupted()
    this.isStarted = true
    this.wake()
  }

  async stop(): Promise<void> {
    this.isStopped = true
    this.timer?.()
    // A job that runs on would write into a closed store; a killed process does not get to wait either.
    await Promise.race([
      Promise.all(this.running.values()),
      new Promise((resolve) => setTimeout(resolve, 1_000).unref()),
    ])
  }

  /** The jobs that run right now. */
  inProgress(): Promise<void>[] {
    return [...this.running.values()]
  }

  /** When the next pending job is due, or undefined. */
  nextDue(): number | undefined {
    return this.jobsIn('pending', 1)[0]?.at
  }

  /** Runs everything that is due now, and what that makes due, until nothing is. */
  async runAllDue(): Promise<void> {
    for (;;) {
      this.runDue()
      if (this.running.size === 0) return
      await Promise.all(this.running.values())
    }
  }

  removeOld(): void {
    const before = this.state.clock.now() - KEEP_FINISHED_MS
    for (;;) {
      const rows = this.state.store.readRange(this.byCompleted, encodeKey(0), encodeKey(before), false, REMOVAL_BATCH)
      if (rows.length === 0) return
      runInternal(this.state, (tx) => {
        for (const { json } of rows) tx.remove(this.table, String((JSON.parse(json) as JsonObject)['_id']))
      })
    }
  }

  private wake(): void {
    if (this.isQueued || !this.isStarted) return
    this.isQueued = true
    queueMicrotask(() => {
      this.isQueued = false
      this.runDue()
    })
  }

  private runDue(): void {
    if (this.isStopped || !this.isStarted) return
    this.timer?.()
    this.timer = null
    const now = this.state.clock.now()
    // Running and postponed jobs still stand at the front of the queue: look past them.
    const held = this.running.size + this.postponed.size
    for (const job of this.jobsIn('pending', held + MOST_PARALLEL + 1)) {
      if (this.running.has(job.id)) continue
      const dueAt = Math.max(job.at, this.postponed.get(job.id)?.until ?? 0)
      if (dueAt > now) {
        this.setTimer(dueAt - now)
        if (job.at > now) break
        continue
      }
      if (this.running.size >= MOST_PARALLEL) break
      const run = this.run(job).finally(() => {
        this.running.delete(job.id)
        this.wake()
      })
      this.running.set(job.id, run)
    }
  }

  private setTimer(ms: number): void {
    this.timer?.()
    this.timer = this.state.clock.after(ms, () => this.wake())
  }

  private async run(job: Job): Promise<void> {
    try {
      const info = resolvePath(this.state.version, job.name, null, true)
      if (info.type === 'action') await this.runAction(job)
      else await this.runMutation(job)
      this.postponed.delete(job.id)
    } catch (error) {
      if (this.isStopped) return
      if (error instanceof FunctionError) this.finish(job, { kind: 'failed', error: error.message })
      else this.postpone(job, error)
    }
  }

  /** Running and marking as done are one transaction: exactly once, whatever dies. */
  private async runMutation(job: Job): Promise<void> {
    const result = await runMutation(this.state, {
      resolve: () => this.resolve(job),
      args: job.args,
      identity: null,
      jobId: job.id,
      before: (tx) => stateOf(jobById(tx, job.id)?.value) === 'pending',
      after: (tx) => finishJob(tx, job.id, { kind: 'success' }),
    })
    if (result && !result.outcome.ok) this.fail(job, result.outcome.errorMessage)
  }

  /** Marked before it starts: if we crash while it runs, it is not run again. */
  private async runAction(job: Job): Promise<void> {
    const isOurs = runInternal(this.state, (tx) => {
      if (stateOf(jobById(tx, job.id)?.value) !== 'pending') return false
      startJob(tx, job.id)
      return true
    })
    if (!isOurs) return
    const outcome = await runAction(this.state, { ...this.resolve(job), args: job.args, identity: null, jobId: job.id })
    if (outcome.ok) this.finish(job, { kind: 'success' })
    else this.fail(job, outcome.errorMessage)
  }

  private resolve(job: Job) {
    const { version } = this.state
    const info = resolvePath(version, job.name, null, true)
    if (!version) throw new FunctionError('No code is deployed yet.')
    return { info, version }
  }

  private fail(job: Job, message: string): void {
    this.state.log.warn('scheduled-function-failed', { job: job.id, name: job.name, message })
    this.finish(job, { kind: 'failed', error: message })
  }

  /** Leaves a job alone that was cancelled meanwhile. */
  private finish(job: Job, state: JsonObject & { kind: JobState }): void {
    if (this.isStopped) return
    runInternal(this.state, (tx) => {
      const current = stateOf(jobById(tx, job.id)?.value)
      if (current === 'pending' || current === 'inProgress') finishJob(tx, job.id, state)
    })
  }

  private postpone(job: Job, error: unknown): void {
    const failures = (this.postponed.get(job.id)?.failures ?? 0) + 1
    const wait = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LONGEST_BACKOFF_MS)
    this.postponed.set(job.id, { failures, until: this.state.clock.now() + wait })
    const { message } = describeThrown(error, this.state.version)
    this.state.log.error('scheduled-function-postponed', { job: job.id, name: job.name, waitMs: wait, message })
  }

  /** Actions that ran when the process died: whether they had their effect is unknown. */
  private failInterrupted(): void {
    const interrupted = this.jobsIn('inProgress', Number.MAX_SAFE_INTEGER)
    if (interrupted.length === 0) return
    runInternal(this.state, (tx: Transaction) => {
      for (const { id } of interrupted) {
        finishJob(tx, id, { kind: 'failed', error: 'Transient error while executing action: the server stopped.' })
      }
    })
  }

  private jobsIn(kind: JobState, limit: number): Job[] {
    const prefix = encodeKey(kind)
    const rows = this.state.store.readRange(this.byDue, prefix, prefixEnd(prefix), false, limit)
    return rows.map(({ json }) => readJob(JSON.parse(json) as JsonObject))
  }

  private index(name: string): Index {
    const index = this.table.indexes.find((candidate) => candidate.name === name)
    if (!index) throw new Error(`The index ${SCHEDULED_FUNCTIONS}.${name} is missing.`)
    return index
  }
}

function readJob(row: JsonObject): Job {
  const [args] = Array.isArray(row['args']) ? row['args'] : []
  return {
    id: String(row['_id']),
    name: canonicalPath(String(row['name'])),
    args: (args ?? {}) as JsonObject,
    at: Number(row['scheduledTime']),
  }
}
