/** One page of a query, and the cursors around it. */
import type { ReadRow } from '../tx/rangeReader.ts'
import type { Transaction } from '../tx/transaction.ts'
import { type Key, keyAfter } from '../values/encodeKey.ts'
import type { CompiledQuery } from './compileQuery.ts'
import { decodeCursor, encodeCursor, InvalidCursorError, type Position } from './cursor.ts'
import { QueryStream, type RowWatch } from './queryStream.ts'

export interface PageRequest {
  cursor: string | null
  endCursor: string | null
  pageSize: number
  maximumRowsRead: number | null
  maximumBytesRead: number | null
  /** The end of this page the last time it was read; used as `endCursor` when that is absent. */
  journal: string | null
}

export interface Page {
  rows: ReadRow[]
  isDone: boolean
  continueCursor: string
  splitCursor: string | null
  pageStatus: 'SplitRecommended' | 'SplitRequired' | null
}

/** Rows read for one page from which on a split is recommended. */
const MANY_ROWS = 6_144
const SOFT_SHARE = 0.75

export function paginate(tx: Transaction, query: CompiledQuery, request: PageRequest, ownWrites: boolean): Page {
  const { fingerprint } = query
  if (!Number.isInteger(request.pageSize) || request.pageSize < 1) {
    throw new Error(`\`options.numItems\` must be a whole number of at least 1, not ${request.pageSize}.`)
  }
  const from = request.cursor === null ? null : decodeCursor(fingerprint, request.cursor)
  if (request.cursor !== null && from === null) throw new InvalidCursorError()
  const until = endOf(fingerprint, request)
  if (from === 'end' || !query.range) return emptyPage(fingerprint)
  return readPage(tx, { ...query, range: cut(query.range, from, until) }, request, until, ownWrites)
}

function emptyPage(fingerprint: string): Page {
  return {
    rows: [],
    isDone: true,
    continueCursor: encodeCursor(fingerprint, 'end'),
    splitCursor: null,
    pageStatus: null,
  }
}

/** A journal of another query (the code changed meanwhile) is ignored; a wrong `endCursor` is the caller's mistake. */
function endOf(fingerprint: string, { endCursor, journal }: PageRequest): Position | null {
  if (endCursor !== null) {
    const position = decodeCursor(fingerprint, endCursor)
    if (position === null) throw new InvalidCursorError()
    return position
  }
  return journal === null ? null : decodeCursor(fingerprint, journal)
}

type RangeOf = NonNullable<CompiledQuery['range']>

/** The part of the range after `from`, up to and including `until`. */
function cut(range: RangeOf, from: { after: Key } | null, until: Position | null): RangeOf {
  let { start, end } = range
  if (from) {
    if (range.descending) end = from.after
    else start = keyAfter(from.after)
  }
  if (until !== null && until !== 'end') {
    if (range.descending) start = laterOf(start, until.after)
    else end = earlierOf(keyAfter(until.after), end)
  }
  return { ...range, start, end: laterOf(start, end) }
}

function earlierOf(a: Key, b: Key): Key {
  return a < b ? a : b
}

function laterOf(a: Key, b: Key): Key {
  return a < b ? b : a
}

function readPage(
  tx: Transaction,
  query: CompiledQuery,
  request: PageRequest,
  until: Position | null,
  ownWrites: boolean,
): Page {
  const budget = new PageBudget(request)
  const stream = new QueryStream(tx, query, { ownWrites, watch: budget, wanted: request.pageSize })
  const rows: ReadRow[] = []
  while (until !== null || rows.length < request.pageSize) {
    const row = stream.next()
    if (!row) break
    rows.push(row)
  }
  const { seen } = budget
  const last = seen[seen.length - 1]
  // That exactly `pageSize` were found does not mean that there are no more: only an exhausted range is the end.
  const position = until ?? (stream.done || last === undefined ? 'end' : { after: last })
  const middle = seen[Math.floor((seen.length - 1) / 2)]
  return {
    rows,
    isDone: position === 'end',
    continueCursor: encodeCursor(query.fingerprint, position),
    splitCursor: seen.length > 1 && middle !== undefined ? encodeCursor(query.fingerprint, { after: middle }) : null,
    pageStatus: stream.stopped ? 'SplitRequired' : budget.isHigh() ? 'SplitRecommended' : null,
  }
}

class PageBudget implements RowWatch {
  /** The key of every row read, kept or not: cursors may stand on any of them. */
  readonly seen: Key[] = []
  private bytes = 0
  private readonly rowLimit: number
  private readonly byteLimit: number

  constructor({ maximumRowsRead, maximumBytesRead }: PageRequest) {
    this.rowLimit = Math.max(1, maximumRowsRead ?? Number.POSITIVE_INFINITY)
    this.byteLimit = Math.max(1, maximumBytesRead ?? Number.POSITIVE_INFINITY)
  }

  passed(row: ReadRow): void {
    this.seen.push(row.key)
    this.bytes += row.json.length
  }

  mayRead(): boolean {
    return this.seen.length < this.rowLimit && this.bytes < this.byteLimit
  }

  isHigh(): boolean {
    const rows = this.seen.length
    return rows > MANY_ROWS || rows > this.rowLimit * SOFT_SHARE || this.bytes > this.byteLimit * SOFT_SHARE
  }
}
