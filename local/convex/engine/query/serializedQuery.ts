/** The query description that the SDK hands over, and its parsing. */
import type { JsonObject, JsonValue } from '../backend.ts'
import { isJsonObject } from '../values/fieldAt.ts'

export type Order = 'asc' | 'desc'
export interface RangeExpression {
  type: 'Eq' | 'Gt' | 'Gte' | 'Lt' | 'Lte'
  fieldPath: string
  value: JsonValue
}
export interface SearchExpression {
  type: 'Search' | 'Eq'
  fieldPath: string
  value: JsonValue
}
export type QuerySource =
  | { type: 'FullTableScan'; tableName: string; order: Order | null }
  | { type: 'IndexRange'; indexName: string; range: RangeExpression[]; order: Order | null }
  | { type: 'Search'; indexName: string; filters: SearchExpression[] }
export type QueryOperator = { filter: JsonValue } | { limit: number }
export interface SerializedQuery {
  source: QuerySource
  operators: QueryOperator[]
}

const MAX_OPERATORS = 256

/** The SDK built it, but user code can call the syscall by itself: checked at the door. */
export function parseQuery(value: JsonValue | undefined): SerializedQuery {
  if (!isJsonObject(value) || !isJsonObject(value['source'])) throw new Error('Invalid query: no source.')
  const operators = Array.isArray(value['operators']) ? value['operators'] : []
  if (operators.length > MAX_OPERATORS) throw new Error(`A query may have at most ${MAX_OPERATORS} operators.`)
  return { source: parseSource(value['source']), operators: operators.map(parseOperator) }
}

function parseSource(source: JsonObject): QuerySource {
  const order = source['order'] === 'desc' ? 'desc' : source['order'] === 'asc' ? 'asc' : null
  const { type, tableName, indexName, range, filters } = source
  if (type === 'FullTableScan' && typeof tableName === 'string') return { type, tableName, order }
  if (type === 'Search' && typeof indexName === 'string' && Array.isArray(filters)) {
    return { type, indexName, filters: filters.map(parseSearch) }
  }
  if (type === 'IndexRange' && typeof indexName === 'string' && Array.isArray(range)) {
    return { type, indexName, range: range.map(parseRange), order }
  }
  throw new Error(`Invalid query source ${JSON.stringify(source)}.`)
}

function parseRange(value: JsonValue): RangeExpression {
  if (isJsonObject(value) && typeof value['fieldPath'] === 'string') {
    const { type, fieldPath } = value
    if (type === 'Eq' || type === 'Gt' || type === 'Gte' || type === 'Lt' || type === 'Lte') {
      return { type, fieldPath, value: value['value'] ?? null }
    }
  }
  throw new Error(`Invalid index range expression ${JSON.stringify(value)}.`)
}

function parseSearch(value: JsonValue): SearchExpression {
  if (isJsonObject(value) && typeof value['fieldPath'] === 'string') {
    const { type, fieldPath } = value
    if (type === 'Search' || type === 'Eq') return { type, fieldPath, value: value['value'] ?? null }
  }
  throw new Error(`Invalid search expression ${JSON.stringify(value)}.`)
}

function parseOperator(value: JsonValue): QueryOperator {
  if (isJsonObject(value)) {
    if (typeof value['limit'] === 'number') return { limit: value['limit'] }
    if (value['filter'] !== undefined) return { filter: value['filter'] }
  }
  throw new Error(`Invalid query operator ${JSON.stringify(value)}.`)
}
