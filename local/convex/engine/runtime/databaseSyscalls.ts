/** The database operations of queries and mutations. */
import type { JsonObject, JsonValue } from '../backend.ts'
import { compileQuery } from '../query/compileQuery.ts'
import { paginate } from '../query/paginate.ts'
import { QueryStream } from '../query/queryStream.ts'
import { SCHEDULED_FUNCTIONS } from '../scheduler/jobs.ts'
import type { Table } from '../store/catalog.ts'
import type { Transaction } from '../tx/transaction.ts'
import { tableNumberOfId } from '../values/documentId.ts'
import { keyEnd } from '../values/encodeKey.ts'
import { isJsonObject } from '../values/fieldAt.ts'
import { type AsyncSyscall, type Execution, requireMutation, requireTransaction } from './execution.ts'

/** The system tables that exist here. */
export function isReadableSystemTable(name: string): boolean {
  return name === SCHEDULED_FUNCTIONS
}

export const databaseSyncSyscalls: Record<string, (execution: Execution, args: JsonObject) => string> = {
  '1.0/queryStream'(execution, { query }) {
    const tx = requireTransaction(execution, 'db.query')
    const compiled = compileQuery(tx, query, isReadableSystemTable)
    const queryId = execution.nextStream++
    execution.streams.set(queryId, new QueryStream(tx, compiled, { ownWrites: execution.ownWrites }))
    return `{"queryId":${queryId}}`
  },
  '1.0/queryCleanup'(execution, { queryId }) {
    return String(execution.streams.delete(Number(queryId)))
  },
  '1.0/db/normalizeId'(execution, { table, idString }) {
    const tx = requireTransaction(execution, 'db.normalizeId')
    const found = typeof table === 'string' ? tx.table(table) : undefined
    const fits = found !== undefined && typeof idString === 'string' && tableNumberOfId(idString) === found.number
    return JSON.stringify({ id: fits ? idString : null })
  },
  '1.0/getSnapshotTs'(execution) {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(requireTransaction(execution, 'getSnapshotTs').snapshotTs)
    return `{"$integer":"${bytes.toString('base64')}"}`
  },
}

export const databaseSyscalls: Record<string, AsyncSyscall> = {
  '1.0/get'(execution, args) {
    const tx = requireTransaction(execution, 'db.get')
    const id = idOf(args, 'db.get')
    const table = tableOf(tx, args, id, 'db.get', args['isSystem'] === true)
    return table ? (tx.get(table, id, execution.ownWrites)?.json ?? 'null') : 'null'
  },
  '1.0/queryStreamNext'(execution, { queryId }) {
    const stream = execution.streams.get(Number(queryId))
    if (!stream) throw new Error('This query is closed.')
    const row = stream.next()
    return row ? `{"value":${row.json},"done":false}` : '{"value":null,"done":true}'
  },
  '1.0/queryPage'(execution, args) {
    const tx = requireTransaction(execution, '.paginate()')
    if (execution.paginated) {
      throw new Error(
        'This query or mutation function ran multiple paginated queries. Convex only supports a single paginated query in each function.',
      )
    }
    execution.paginated = true
    const compiled = compileQuery(tx, args['query'], isReadableSystemTable)
    const page = paginate(
      tx,
      compiled,
      {
        cursor: textOrNull(args['cursor']),
        endCursor: textOrNull(args['endCursor']),
        pageSize: Number(args['pageSize']),
        maximumRowsRead: numberOrNull(args['maximumRowsRead']),
        maximumBytesRead: numberOrNull(args['maximumBytesRead']),
        journal: execution.journal,
      },
      execution.ownWrites,
    )
    execution.producedJournal = page.continueCursor
    const { rows, ...rest } = page
    return `{"page":[${rows.map((row) => row.json).join(',')}],${JSON.stringify(rest).slice(1)}`
  },
  '1.0/count'(execution, { table }) {
    const tx = requireTransaction(execution, 'count')
    const found = typeof table === 'string' ? tx.table(table) : undefined
    if (!found) return '0'
    const range = { index: found.byId, start: '', end: keyEnd, descending: false }
    const reader = tx.scan(range, undefined, execution.ownWrites)
    let count = 0
    while (reader.next()) count++
    return String(count)
  },
  '1.0/insert'(execution, { table, value }) {
    const tx = requireMutation(execution, 'db.insert')
    if (typeof table !== 'string') throw new Error('Invalid argument `table` for `db.insert`: expected a string.')
    if (table.startsWith('_')) throw new Error('System tables (prefixed with `_`) are read-only.')
    return JSON.stringify({ _id: tx.insert(table, objectOf(value, 'db.insert')) })
  },
  '1.0/shallowMerge': (execution, args) =>
    writeTo(
      execution,
      args,
      'db.patch',
      (tx, table, id) => tx.patch(table, id, objectOf(args['value'], 'db.patch')).json,
    ),
  '1.0/replace': (execution, args) =>
    writeTo(
      execution,
      args,
      'db.replace',
      (tx, table, id) => tx.replace(table, id, objectOf(args['value'], 'db.replace')).json,
    ),
  '1.0/remove': (execution, args) =>
    writeTo(execution, args, 'db.delete', (tx, table, id) => tx.remove(table, id).json),
}

function writeTo(
  execution: Execution,
  args: JsonObject,
  operation: string,
  write: (tx: Transaction, table: Table, id: string) => string,
): string {
  const tx = requireMutation(execution, operation)
  const id = idOf(args, operation)
  const table = tableOf(tx, args, id, operation, false)
  if (!table) throw new Error(`${operation}: there is no document ${id} (its table does not exist).`)
  return write(tx, table, id)
}

function idOf({ id }: JsonObject, operation: string): string {
  if (typeof id !== 'string') throw new Error(`Invalid argument \`id\` for \`${operation}\`: expected a string.`)
  return id
}

/** The table of the id, checked against the name that the caller gave, when it did. */
function tableOf(
  tx: Transaction,
  { table: expected }: JsonObject,
  id: string,
  operation: string,
  isSystem: boolean,
): Table | null {
  const table = tx.tableOfId(id, operation)
  if (typeof expected === 'string' && table?.name !== expected) {
    throw new Error(
      `Invalid argument \`id\` for \`${operation}\`: expected an ID of table \`${expected}\`, but the table \`${table?.name ?? 'unknown'}\` does not match the document ID ${JSON.stringify(id)}.`,
    )
  }
  if (table?.name.startsWith('_') && !isSystem) {
    if (operation === 'db.get') return null
    throw new Error('System tables (prefixed with `_`) are read-only.')
  }
  return table
}

function objectOf(value: JsonValue | undefined, operation: string): JsonObject {
  if (!isJsonObject(value) || Object.keys(value).some((name) => name.startsWith('$'))) {
    throw new Error(`Invalid argument \`value\` for \`${operation}\`: expected an object.`)
  }
  return value
}

function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function numberOrNull(value: JsonValue | undefined): number | null {
  return typeof value === 'number' ? value : null
}
