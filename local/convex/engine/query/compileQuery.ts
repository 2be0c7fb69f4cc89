/** A query description → the key range of one index, or the results of a search, and the operators to apply to them. */

import type { JsonValue } from '../backend.ts'
import { compileSearch } from '../search/compileSearch.ts'
import type { SearchRange } from '../search/searchReader.ts'
import { type Index, sortedFields, type Table } from '../store/catalog.ts'
import type { Range } from '../tx/rangeReader.ts'
import type { Transaction } from '../tx/transaction.ts'
import { encodeKey, type Key, keyEnd, prefixEnd } from '../values/encodeKey.ts'
import { compileFilter, type Filter } from './filter.ts'
import { parseQuery, type QuerySource, type RangeExpression } from './serializedQuery.ts'

export type Operator = { filter: Filter } | { limit: number }
export interface CompiledQuery {
  /** Null: nothing can match (the table does not exist, or there is no word to search for). */
  range: Range | SearchRange | null
  operators: Operator[]
  /** Equal for equal queries: pagination cursors carry it. */
  fingerprint: string
}

export function compileQuery(
  tx: Transaction,
  json: JsonValue | undefined,
  isSystem: (table: string) => boolean,
): CompiledQuery {
  const { source, operators } = parseQuery(json)
  return {
    range: compileSource(tx, source, isSystem),
    operators: operators.map((operator) =>
      'limit' in operator ? { limit: checkLimit(operator.limit) } : { filter: compileFilter(operator.filter) },
    ),
    fingerprint: JSON.stringify([source, operators]),
  }
}

function checkLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 0) throw new Error(`A query limit must be a whole number, not ${limit}.`)
  return limit
}

function compileSource(
  tx: Transaction,
  source: QuerySource,
  isSystem: (table: string) => boolean,
): Range | SearchRange | null {
  const [tableName, indexName] =
    source.type === 'FullTableScan' ? [source.tableName, 'by_creation_time'] : splitIndexName(source.indexName)
  if (tableName.startsWith('_') && !isSystem(tableName)) {
    throw new Error(`The system table ${tableName} is not built in this local backend.`)
  }
  const table = tx.table(tableName)
  if (!table) {
    if (indexName === 'by_creation_time' || indexName === 'by_id') return null
    throw new Error(`Index ${tableName}.${indexName} not found.`)
  }
  if (source.type === 'Search') {
    const search = compileSearch(table, indexName, source.filters, tx.isStrict)
    return search.terms.length === 0 ? null : { search, start: '', end: keyEnd, descending: false }
  }
  const index = findIndex(table, indexName)
  const { start, end } = boundsOf(index, source.type === 'IndexRange' ? source.range : [])
  return { index, start, end, descending: source.order === 'desc' }
}

function splitIndexName(name: string): [string, string] {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

function findIndex(table: Table, name: string): Index {
  const index = table.indexes.find((candidate) => candidate.name === name)
  if (!index) throw new Error(`Index ${table.name}.${name} not found.`)
  if (index.staged) throw new Error(`Index ${table.name}.${name} is staged and cannot be queried until it is enabled.`)
  return index
}

/** `Eq` on a prefix of the fields in any order, then at most one field with a lower and an upper bound. */
export function boundsOf(index: Index, range: readonly RangeExpression[]): { start: Key; end: Key } {
  const fields = sortedFields(index)
  const equals = new Map<string, JsonValue>()
  let lower: RangeExpression | undefined
  let upper: RangeExpression | undefined
  for (const expression of range) {
    if (expression.type === 'Eq') {
      if (equals.has(expression.fieldPath))
        throw invalid(index, `it has two equality bounds on ${expression.fieldPath}`)
      equals.set(expression.fieldPath, expression.value)
    } else if (expression.type === 'Gt' || expression.type === 'Gte') {
      if (lower) throw invalid(index, 'it has two lower bounds')
      lower = expression
    } else {
      if (upper) throw invalid(index, 'it has two upper bounds')
      upper = expression
    }
  }
  let prefix: Key = ''
  for (let position = 0; position < equals.size; position++) {
    const field = fields[position]
    if (field === undefined || !equals.has(field))
      throw invalid(index, 'its equality bounds are not a prefix of the index')
    prefix += encodeKey(equals.get(field))
  }
  const ranged = fields[equals.size]
  for (const bound of [lower, upper]) {
    if (bound && bound.fieldPath !== ranged) {
      throw invalid(
        index,
        `the bound on ${bound.fieldPath} must be on the next field of the index, ${ranged ?? 'and there is none'}`,
      )
    }
  }
  const start = lower ? lowerBound(prefix, lower) : prefix
  const end = upper ? upperBound(prefix, upper) : prefix === '' ? keyEnd : prefixEnd(prefix)
  return { start, end }
}

function lowerBound(prefix: Key, { type, value }: RangeExpression): Key {
  const key = prefix + encodeKey(value)
  return type === 'Gt' ? prefixEnd(key) : key
}

function upperBound(prefix: Key, { type, value }: RangeExpression): Key {
  const key = prefix + encodeKey(value)
  return type === 'Lte' ? prefixEnd(key) : key
}

function invalid(index: Index, reason: string): Error {
  return new Error(
    `Invalid range on index ${index.tableName}.${index.name} [${sortedFields(index).join(', ')}]: ${reason}.`,
  )
}
