/** A running query: documents in order, after filters and limits. */
import type { JsonObject } from '../backend.ts'
import type { ReadRow, RowReader } from '../tx/rangeReader.ts'
import type { Transaction } from '../tx/transaction.ts'
import type { CompiledQuery, Operator } from './compileQuery.ts'

/** Sees every row before the operators, and may end the reading. */
export interface RowWatch {
  passed(row: ReadRow): void
  mayRead(): boolean
}

export interface StreamOptions {
  /** False: the transaction's own writes stay unseen. */
  ownWrites: boolean
  watch?: RowWatch
  /** About how many rows will be asked for. */
  wanted?: number
}

export class QueryStream {
  private readonly tx: Transaction
  private readonly query: CompiledQuery
  private readonly options: StreamOptions
  private reader: RowReader | null = null
  private readonly taken: number[]
  /** Nothing is left in the range, or a limit is reached. */
  done = false
  /** The watch ended the reading before the end of the range. */
  stopped = false

  constructor(tx: Transaction, query: CompiledQuery, options: StreamOptions) {
    this.tx = tx
    this.query = query
    this.options = options
    this.taken = query.operators.map(() => 0)
  }

  /** The next document, or null at the end. Reads no row beyond a reached limit. */
  next(): ReadRow | null {
    const { range, operators } = this.query
    const { watch, ownWrites, wanted } = this.options
    if (this.done || !range || this.isFull()) {
      this.done = true
      return null
    }
    // A search reads what it will yield at once: a guess would be a limit.
    this.reader ??= this.tx.scan(range, wantedRows(operators) ?? ('search' in range ? undefined : wanted), ownWrites)
    for (;;) {
      if (watch && !watch.mayRead()) {
        this.stopped = true
        return null
      }
      const row = this.reader.next()
      if (!row) {
        this.done = true
        return null
      }
      watch?.passed(row)
      if (this.accepts(row)) return row
      if (this.isFull()) {
        this.done = true
        return null
      }
    }
  }

  private isFull(): boolean {
    return this.query.operators.some((operator, at) => 'limit' in operator && (this.taken[at] ?? 0) >= operator.limit)
  }

  private accepts(row: ReadRow): boolean {
    for (const [at, operator] of this.query.operators.entries()) {
      if ('limit' in operator) this.taken[at] = (this.taken[at] ?? 0) + 1
      else {
        row.value ??= JSON.parse(row.json) as JsonObject
        if (!operator.filter(row.value)) return false
      }
    }
    return true
  }
}

/** How many rows to fetch at first: exactly the limit when nothing is filtered before it. */
function wantedRows(operators: readonly Operator[]): number | undefined {
  const first = operators[0]
  return first && 'limit' in first ? first.limit : undefined
}
