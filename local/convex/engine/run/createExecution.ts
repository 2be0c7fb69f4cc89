/** A fresh execution for a call that comes from outside of any function. */
import { convexToJson, jsonToConvex } from 'convex/values'
import { seededRandom } from '../../../kernel/seededRandom.ts'
import type { JsonValue, UserIdentity } from '../backend.ts'
import type { CodeVersion, FunctionInfo, FunctionType } from '../code/codeVersion.ts'
import type { EngineState } from '../engineState.ts'
import type { Execution } from '../runtime/execution.ts'
import { createRequestId, FunctionError } from '../runtime/functionError.ts'
import { LogLines } from '../runtime/logLines.ts'
import { COMPONENTS_NOT_BUILT } from '../runtime/resolveFunction.ts'
import { Transaction } from '../tx/transaction.ts'
import { tableNumberOfId } from '../values/documentId.ts'
import type { IdCheck } from '../values/validator.ts'

export interface ExecutionInput {
  type: FunctionType
  info: FunctionInfo | null
  version: CodeVersion
  identity: UserIdentity | null
  tx: Transaction | null
  journal?: string | null
  requestId?: string
  jobId?: string | null
  log?: LogLines
}

export function createExecution(state: EngineState, input: ExecutionInput): Execution {
  return {
    type: input.type,
    info: input.info,
    version: input.version,
    host: state.host,
    identity: input.identity,
    tx: input.tx,
    ownWrites: true,
    observed: { identity: false, time: false },
    log: input.log ?? new LogLines(),
    requestId: input.requestId ?? createRequestId(),
    jobId: input.jobId ?? null,
    frozenNow: input.tx?.nowMs ?? state.clock.now(),
    random: seededRandom(Math.floor(state.random() * 2 ** 32)),
    journal: input.journal ?? null,
    producedJournal: null,
    paginated: false,
    depth: 0,
    busy: null,
    streams: new Map(),
    nextStream: 0,
    finished: false,
  }
}

export function beginTransaction(state: EngineState, ts?: bigint): Transaction {
  const { store, limits, clock, counters, profile } = state
  return new Transaction({
    store,
    component: '',
    limits,
    nowMs: clock.now(),
    strict: profile === 'strict',
    ...(ts === undefined ? {} : { ts }),
    countRead: () => {
      counters.documentsRead++
    },
  })
}

/** Arguments come from outside: decoded and encoded once, so that equal arguments have one form and junk is refused. */
export function normalizeArgs(args: JsonValue): JsonValue {
  try {
    return convexToJson(jsonToConvex(args)) as JsonValue
  } catch (error) {
    throw new FunctionError(`Invalid arguments: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export function refuseComponent(component: string | undefined): void {
  if (component) throw new FunctionError(`There is no component "${component}". ${COMPONENTS_NOT_BUILT}`)
}

/** For actions, which have no transaction to remember reads in. */
export function storeIdCheck(state: EngineState): IdCheck {
  return (id, tableName) => {
    const number = tableNumberOfId(id)
    return number !== null && state.store.catalog.table('', tableName)?.number === number
  }
}
