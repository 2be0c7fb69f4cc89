/** The state of one running function; user code finds it through AsyncLocalStorage, whatever it awaits. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { JsonObject, JsonValue, UserIdentity } from '../backend.ts'
import type { CodeVersion, FunctionInfo, FunctionType } from '../code/codeVersion.ts'
import type { QueryStream } from '../query/queryStream.ts'
import type { Transaction } from '../tx/transaction.ts'
import type { LogLines } from './logLines.ts'

/** What a query looked at besides the database; shared with its nested calls, since they decide its caching. */
export interface Observed {
  identity: boolean
  time: boolean
}

/** What functions can ask of the engine around them. */
export interface Host {
  now(): number
  /** Nested calls of actions: each its own transaction. */
  callFromAction(type: FunctionType, address: Address, args: JsonValue, execution: Execution): Promise<string>
  /** A transaction of its own for an action that schedules or cancels. */
  inOwnTransaction<T>(execution: Execution, work: (tx: Transaction) => T): Promise<T>
}

export interface Execution {
  type: FunctionType
  /** Absent for HTTP actions and inline functions. */
  info: FunctionInfo | null
  version: CodeVersion
  host: Host
  identity: UserIdentity | null
  /** Absent in actions. */
  tx: Transaction | null
  /** False in a `snapshotQuery`. */
  ownWrites: boolean
  observed: Observed
  log: LogLines
  requestId: string
  /** The job that runs this, when the scheduler does. */
  jobId: string | null
  /** Queries and mutations see time stand still. */
  frozenNow: number
  random: () => number
  journal: string | null
  /** Set by `.paginate()`, which may be called once. */
  producedJournal: string | null
  paginated: boolean
  depth: number
  /** While a nested call runs, other calls of the same function wait for it. */
  busy: Promise<void> | null
  streams: Map<number, QueryStream>
  nextStream: number
  finished: boolean
}

export interface Address {
  name?: string
  reference?: string
  functionHandle?: string
}

export const currentExecution = new AsyncLocalStorage<Execution>()

export type AsyncSyscall = (execution: Execution, args: JsonObject) => string | Promise<string>

/** The transaction, or a sentence that names the operation. */
export function requireTransaction(execution: Execution, operation: string): Transaction {
  if (!execution.tx) throw new Error(`${operation} is not available in actions: call a query or a mutation instead.`)
  return execution.tx
}

export function requireMutation(execution: Execution, operation: string): Transaction {
  if (execution.type !== 'mutation') throw new Error(`${operation} is only available in mutations.`)
  return requireTransaction(execution, operation)
}
