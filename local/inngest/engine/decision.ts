/** The words `runState.ts` decides in: what it looks at, and what it wants done. */
import type { Json } from '../protocol/json.ts'
import type { RetryPolicy } from './retryPolicy.ts'

export interface RunView {
  id: string
  /** -1 until the first answer of the run. */
  reqVersion: number
  forcePlan: boolean
  /** Steps of the current parallel batch that have not ended. */
  pending: readonly string[]
  /** Ids of steps on record: they never run again. */
  recorded: ReadonlySet<string>
  /** Ids of the run's other work items (calls and sleeps), without the one reported on. */
  otherItems: ReadonlySet<string>
}

export interface ItemView {
  id: string
  kind: 'discover' | 'step' | 'sleep'
  stepId: string
  name: string
  race: boolean
  attempt: number
  maxAttempts: number
  lostCalls: number
}

export interface StepRecord {
  stepId: string
  name: string
  op: string
  memo: Json
  error?: Json
  startedAt?: number
  endedAt?: number
}

export interface PlannedItem {
  id: string
  kind: 'discover' | 'step' | 'sleep'
  stepId: string
  name: string
  race: boolean
  dueAt: number
}

export interface Failure {
  stepId: string
  name: string
  attempt: number
  error: Json
}

export type ItemOutcome = { kind: 'done' } | { kind: 'again'; attempt: number; lostCalls: number; dueAt: number }

export interface Decision {
  reqVersion: number
  forcePlan: boolean
  pending: string[]
  records: StepRecord[]
  /** Inserted unless an item of that id exists: ops are reported again while parallel work is pending. */
  plans: PlannedItem[]
  item: ItemOutcome
  failure?: Failure
  end?: { status: 'Completed' | 'Failed'; output: Json }
}

export interface Moment {
  now: number
  policy: RetryPolicy
}
