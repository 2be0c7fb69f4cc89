/** Walks one index range as a transaction sees it: its snapshot of the store, with its own writes on top. */
import type { JsonObject } from '../backend.ts'
import type { Index } from '../store/catalog.ts'
import type { Row, Store, StoredDocument } from '../store/createStore.ts'
import type { Interval, ReadSet } from '../store/readSet.ts'
import { type Key, keyAfter } from '../values/encodeKey.ts'
import { lowerBound, type PendingWrites } from './pendingWrites.ts'
import type { Usage } from './usage.ts'

export interface ReadRow {
  key: Key
  json: string
  value?: JsonObject
}

export interface RowReader {
  next(): ReadRow | null
}

export interface Range {
  index: Index
  start: Key
  end: Key
  descending: boolean
}

export interface ReaderContext {
  store: Store
  snapshotTs: bigint
  reads: ReadSet
  usage: Usage
  /** Absent when the reader must not see the transaction's own writes. */
  pending?: PendingWrites
  onRead(): void
}

const FIRST_BATCH = 32
const LARGEST_BATCH = 1_024
/** Above this many characters in one batch the next one does not grow: documents are large. */
const HEAVY_BATCH = 1024 * 1024

export class RangeReader implements RowReader {
  private readonly context: ReaderContext
  private readonly range: Range
  private readonly interval: Interval
  /** The last key passed; the next one lies beyond it. */
  private position: Key | null = null
  private base: Row[] = []
  private baseAt = 0
  private baseExhausted = false
  private batch = FIRST_BATCH
  /** Rows the caller said it wants; once they are fetched, batches grow from the start again. */
  private wanted: number
  private overlay: { key: Key; document: StoredDocument | string | null }[] = []
  private overlayAt = 0
  private seenLog = -1
  private seenPending = -1

  constructor(context: ReaderContext, range: Range, wanted = 0) {
    this.context = context
    this.range = range
    this.wanted = wanted
    const { start, end, descending } = range
    this.interval = context.reads.add(range.index.id, descending ? { start: end, end } : { start, end: start })
    context.usage.charge('databaseQueries', 1)
  }

  next(): ReadRow | null {
    for (;;) {
      this.refreshOverlay()
      const base = this.peekBase()
      const over = this.overlay[this.overlayAt]
      if (!base && !over) {
        this.interval.start = this.range.start
        this.interval.end = this.range.end
        return null
      }
      if (base && (!over || this.isBefore(base.key, over.key))) {
        this.baseAt++
        return this.emit(base)
      }
      if (!over) continue
      if (base && base.key === over.key) this.baseAt++
      this.overlayAt++
      this.position = over.key
      if (over.document === null) continue
      return this.emit(
        typeof over.document === 'string'
          ? { key: over.key, json: over.document }
          : { key: over.key, ...over.document },
      )
    }
  }

  private emit(row: ReadRow): ReadRow {
    this.position = row.key
    if (this.range.descending) this.interval.start = row.key
    else this.interval.end = keyAfter(row.key)
    this.context.usage.charge('documentsRead', 1)
    this.context.usage.charge('bytesRead', row.json.length)
    this.context.onRead()
    return row
  }

  private isBefore(a: Key, b: Key): boolean {
    return this.range.descending ? a > b : a < b
  }

  private peekBase(): Row | undefined {
    if (this.baseAt >= this.base.length && !this.baseExhausted) this.fetch()
    return this.base[this.baseAt]
  }

  private fetch(): void {
    const { index, start, end, descending } = this.range
    const last = this.base[this.base.length - 1]?.key
    const from = last !== undefined && !descending ? keyAfter(last) : start
    const to = last !== undefined && descending ? last : end
    const limit = this.wanted > 0 ? Math.min(this.wanted, LARGEST_BATCH) : this.batch
    this.base = this.context.store.readRange(index, from, to, descending, limit)
    this.baseAt = 0
    this.baseExhausted = this.base.length < limit
    if (this.wanted > 0) {
      this.wanted -= limit
      return
    }
    const size = this.base.reduce((sum, row) => sum + row.json.length, 0)
    if (size < HEAVY_BATCH) this.batch = Math.min(this.batch * 4, LARGEST_BATCH)
  }

  /** What differs from the latest state on disk: older texts of what was committed since, and own writes (which win). */
  private refreshOverlay(): void {
    const { store, snapshotTs, pending } = this.context
    const own = pending?.index(this.range.index.id)
    const logVersion = store.log.hasAfter(snapshotTs) ? store.log.version : 0
    const pendingVersion = own?.version ?? 0
    if (logVersion === this.seenLog && pendingVersion === this.seenPending) return
    this.seenLog = logVersion
    this.seenPending = pendingVersion
    const merged = new Map<Key, StoredDocument | string | null>()
    if (logVersion > 0) {
      for (const entry of store.log.after(snapshotTs)) {
        for (const [key, before] of entry.changes.get(this.range.index.id) ?? []) {
          // The earliest commit after the snapshot holds what the snapshot saw.
          if (this.isAhead(key) && !merged.has(key)) merged.set(key, before)
        }
      }
    }
    if (own) {
      const to = lowerBound(own.keys, this.range.end)
      for (let at = lowerBound(own.keys, this.range.start); at < to; at++) {
        const key = own.keys[at]
        if (key !== undefined && this.isAhead(key)) merged.set(key, own.values.get(key) ?? null)
      }
    }
    this.overlay = [...merged].map(([key, document]) => ({ key, document }))
    this.overlay.sort((a, b) => (this.isBefore(a.key, b.key) ? -1 : 1))
    this.overlayAt = 0
  }

  private isAhead(key: Key): boolean {
    if (key < this.range.start || key >= this.range.end) return false
    return this.position === null || this.isBefore(this.position, key)
  }
}
