/** A mutation: run, and committed all at once; run again when others were faster. */
import type { JsonValue, Outcome, UserIdentity } from '../backend.ts'
import type { CodeVersion, FunctionInfo } from '../code/codeVersion.ts'
import type { EngineState } from '../engineState.ts'
import type { Execution } from '../runtime/execution.ts'
import { describeThrown, failed } from '../runtime/functionError.ts'
import { invokeFunction } from '../runtime/invokeFunction.ts'
import { LogLines } from '../runtime/logLines.ts'
import type { Transaction } from '../tx/transaction.ts'
import { beginTransaction, createExecution } from './createExecution.ts'
import { reportOutcome } from './reportOutcome.ts'
import { findSession, recordSession, type Session } from './sessions.ts'

export interface MutationCall {
  /** Looked up again for every try: a deploy may come in between. */
  resolve(): { info: FunctionInfo; version: CodeVersion }
  args: JsonValue
  identity: UserIdentity | null
  session?: Session
  jobId?: string
  log?: LogLines
  requestId?: string
  /** Reads and writes around the function, in its transaction. False: there is nothing to do any more. */
  before?: (tx: Transaction) => boolean
  after?: (tx: Transaction) => void
  /** Inside the SQLite transaction of the commit. */
  onCommit?: () => void
}

export interface MutationResult {
  outcome: Outcome
  ts: bigint
}

/** From this many conflicts on, nobody else commits until this one has. */
const RETRIES_BEFORE_LOCK = 5
/** Strict profile: every attempt but the last of these may be thrown away, as if on conflict. */
const STRICT_RETRIES = 2
const STRICT_CHANCE = 0.25

export async function runMutation(state: EngineState, call: MutationCall): Promise<MutationResult | null> {
  state.counters.mutationsRun++
  let releaseLock: (() => void) | null = null
  try {
    for (let attempt = 0; ; attempt++) {
      if (attempt > RETRIES_BEFORE_LOCK && !releaseLock) releaseLock = await takeCommitLock(state)
      const result = await attemptMutation(state, call, attempt, releaseLock !== null)
      if (result !== 'again') return result
      state.counters.mutationRetries++
    }
  } finally {
    releaseLock?.()
  }
}

/** Null: `before` found nothing to do. */
async function attemptMutation(
  state: EngineState,
  call: MutationCall,
  attempt: number,
  holdsLock: boolean,
): Promise<MutationResult | null | 'again'> {
  const stored = call.session && findSession(state.store, call.session)
  if (stored) return stored
  const { info, version } = call.resolve()
  const tx = beginTransaction(state)
  // The lines of an attempt that is thrown away are thrown away with it; a caller's own log keeps them.
  const log = call.log ?? new LogLines()
  const execution = createExecution(state, { ...call, info, version, type: 'mutation', tx, log })
  try {
    if (call.before && !call.before(tx)) return null
    const value = await invokeFunction(execution, info, call.args, tx.isIdOf, state.limits)
    call.after?.(tx)
    if (state.profile === 'strict' && attempt < STRICT_RETRIES && state.random() < STRICT_CHANCE) return 'again'
    return await commitMutation(state, call, execution, tx, value, holdsLock)
  } catch (error) {
    if (tx.schemaEpoch !== state.store.catalog.epoch) return 'again'
    const described = describeThrown(error, version)
    const outcome = reportOutcome(state.log, execution, failed(described, execution.requestId, log.lines))
    return { outcome, ts: state.store.latestTs() }
  } finally {
    tx.release()
  }
}

async function commitMutation(
  state: EngineState,
  { session, onCommit }: MutationCall,
  execution: Execution,
  tx: Transaction,
  value: string,
  holdsLock: boolean,
): Promise<MutationResult | 'again'> {
  while (state.commitLock && !holdsLock) await state.commitLock
  // From here to the commit nothing is awaited: what is true now is true then.
  const stored = session && findSession(state.store, session)
  if (stored) return stored
  if (tx.isStale()) return 'again'
  const outcome: Outcome = { ok: true, value, logLines: execution.log.lines }
  if (tx.pending.size === 0 && !session && !onCommit) return { outcome, ts: state.store.latestTs() }
  const ts = state.store.commit({
    writes: tx.pending.writes(),
    also: (ts) => {
      if (session) recordSession(state.store, session, ts, value, execution.log.lines)
      onCommit?.()
    },
  })
  reportOutcome(state.log, execution, outcome)
  return { outcome, ts }
}

/** Waits for its turn; the lock is held until the returned function is called. */
async function takeCommitLock(state: EngineState): Promise<() => void> {
  while (state.commitLock) await state.commitLock
  let release = () => {}
  state.commitLock = new Promise((resolve) => {
    release = () => {
      state.commitLock = null
      resolve()
    }
  })
  return release
}

/** A small transaction of the engine's own, or of an action that schedules; run again on conflict. */
export function runInternal<T>(state: EngineState, work: (tx: Transaction) => T): T {
  // Synchronous from snapshot to commit: no conflict is possible.
  const tx = beginTransaction(state)
  try {
    const result = work(tx)
    if (tx.pending.size > 0) state.store.commit({ writes: tx.pending.writes() })
    return result
  } finally {
    tx.release()
  }
}
