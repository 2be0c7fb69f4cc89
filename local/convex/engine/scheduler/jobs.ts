/** Rows of `_scheduled_functions`: made and cancelled inside the transaction that asks for it. */
import type { JsonObject, JsonValue } from '../backend.ts'
import { modulePath } from '../code/codeVersion.ts'
import type { Address, Execution } from '../runtime/execution.ts'
import { checkArgs } from '../runtime/invokeFunction.ts'
import { resolveAddress } from '../runtime/resolveFunction.ts'
import type { Table } from '../store/catalog.ts'
import type { Transaction } from '../tx/transaction.ts'
import { isJsonObject } from '../values/fieldAt.ts'

export const SCHEDULED_FUNCTIONS = '_scheduled_functions'
const LARGEST_ARGS = 4 * 1024 * 1024
/** Five years: further ahead is a mistake in units. */
const FURTHEST_MS = 5 * 365 * 24 * 3_600_000

export type JobState = 'pending' | 'inProgress' | 'success' | 'failed' | 'canceled'

export function scheduleJob(tx: Transaction, by: Execution, address: Address, args: JsonValue, atMs: number): string {
  const info = resolveAddress(by.version, address)
  if (info.type === 'query')
    throw new Error(`Only mutations and actions can be scheduled, and ${info.name} is a query.`)
  checkArgs(info, args, tx.isIdOf)
  const size = JSON.stringify(args).length
  if (size > LARGEST_ARGS)
    throw new Error(`The arguments of a scheduled function are too large (${size} bytes, limit: ${LARGEST_ARGS}).`)
  if (atMs > tx.nowMs + FURTHEST_MS) throw new Error('Functions can be scheduled at most five years ahead.')
  tx.usage.charge('functionsScheduled', 1)
  tx.usage.charge('scheduledFunctionArgsBytes', size)
  // What a cancelled action still wants to schedule is dropped, visibly.
  const dropped = by.jobId !== null && stateOf(jobById(tx, by.jobId)?.value) === 'canceled'
  return tx.insert(SCHEDULED_FUNCTIONS, {
    name: modulePath(info.name),
    args: [args],
    scheduledTime: Math.max(atMs, tx.nowMs),
    ...(dropped ? { completedTime: tx.nowMs } : {}),
    state: { kind: dropped ? 'canceled' : 'pending' },
  })
}

export function cancelJob(tx: Transaction, id: JsonValue | undefined): void {
  const job = typeof id === 'string' ? jobById(tx, id) : null
  if (!job) throw new Error(`There is no scheduled function ${JSON.stringify(id)} to cancel.`)
  const state = stateOf(job.value)
  if (state === 'pending' || state === 'inProgress') finishJob(tx, job.id, { kind: 'canceled' })
}

/** Null when the job is gone, for example cleaned up. */
export function jobById(tx: Transaction, id: string): { id: string; value: JsonObject } | null {
  const table = jobTable(tx)
  const document = tx.isIdOf(id, SCHEDULED_FUNCTIONS) ? tx.get(table, id) : null
  return document && { id, value: document.value }
}

export function finishJob(tx: Transaction, id: string, state: JsonObject): void {
  tx.patch(jobTable(tx), id, { state, completedTime: tx.nowMs })
}

export function startJob(tx: Transaction, id: string): void {
  tx.patch(jobTable(tx), id, { state: { kind: 'inProgress' } })
}

export function stateOf(job: JsonObject | undefined): JobState | undefined {
  const state = job?.['state']
  const kind = isJsonObject(state) ? state['kind'] : undefined
  return kind === 'pending' || kind === 'inProgress' || kind === 'success' || kind === 'failed' || kind === 'canceled'
    ? kind
    : undefined
}

export function jobTable(tx: Transaction): Table {
  const table = tx.store.catalog.table('', SCHEDULED_FUNCTIONS)
  if (!table) throw new Error('The table of scheduled functions is missing: the store was not prepared.')
  return table
}
