/** One serializable transaction: snapshot reads that are remembered, writes that wait for the commit. */
import type { JsonObject, JsonValue, Limits } from '../backend.ts'
import { type SearchRange, SearchReader } from '../search/searchReader.ts'
import type { Table } from '../store/catalog.ts'
import type { Store, StoredDocument } from '../store/createStore.ts'
import { ReadSet, TABLE_NAMES, tableNameKey } from '../store/readSet.ts'
import { checkDocument } from '../values/checkDocument.ts'
import { nextCreationTime } from '../values/creationTime.ts'
import { createDocumentId, tableNumberOfId } from '../values/documentId.ts'
import { encodeKey, keyAfter } from '../values/encodeKey.ts'
import { findMismatch, type IdCheck } from '../values/validator.ts'
import { PendingWrites } from './pendingWrites.ts'
import { type Range, RangeReader, type RowReader } from './rangeReader.ts'
import { Usage } from './usage.ts'

export interface TransactionOptions {
  store: Store
  component: string
  limits: Limits
  nowMs: number
  /** Reads the state as of then instead of the latest. */
  ts?: bigint
  countRead(): void
  /** As unkind as production may be. */
  strict?: boolean
}

export class Transaction {
  readonly store: Store
  readonly component: string
  readonly snapshotTs: bigint
  readonly reads = new ReadSet()
  readonly pending = new PendingWrites()
  readonly usage: Usage
  readonly limits: Limits
  readonly schemaEpoch: number
  readonly nowMs: number
  readonly isStrict: boolean
  private readonly countRead: () => void
  private readonly releaseLog: () => void

  constructor({ store, component, limits, nowMs, ts, countRead, strict = false }: TransactionOptions) {
    this.store = store
    this.component = component
    this.snapshotTs = ts ?? store.latestTs()
    this.nowMs = nowMs
    this.isStrict = strict
    this.usage = new Usage(limits)
    this.limits = limits
    this.schemaEpoch = store.catalog.epoch
    this.countRead = countRead
    this.releaseLog = store.log.hold(this.snapshotTs)
  }

  /** Must be called when the transaction is over, however it ended: until then the past is kept for it. */
  release(): void {
    this.releaseLog()
  }

  /** True when a commit since the snapshot touched what was read, or the schema changed. */
  isStale(): boolean {
    if (this.schemaEpoch !== this.store.catalog.epoch) return true
    return this.store.log.after(this.snapshotTs).some((entry) => this.reads.touches(entry))
  }

  /** The table of that name; that there is none is remembered as read. */
  table(name: string): Table | undefined {
    const table = this.store.catalog.table(this.component, name)
    if (!table) {
      const key = tableNameKey(this.component, name)
      this.reads.add(TABLE_NAMES, { start: key, end: keyAfter(key) })
    }
    return table
  }

  readonly isIdOf: IdCheck = (id, tableName) => {
    const number = tableNumberOfId(id)
    if (number === null) return false
    const table = this.table(tableName)
    return table !== undefined && table.number === number
  }

  /** The table an id names; null for a well-formed id of a table that does not exist. */
  tableOfId(id: string, operation: string): Table | null {
    const number = tableNumberOfId(id)
    if (number === null) {
      throw new Error(`Invalid argument \`id\` for \`${operation}\`: Unable to decode ID ${JSON.stringify(id)}.`)
    }
    return this.store.catalog.tableByNumber(this.component, number) ?? null
  }

  scan(range: Range | SearchRange, wanted?: number, ownWrites = true): RowReader {
    const context = {
      store: this.store,
      snapshotTs: this.snapshotTs,
      reads: this.reads,
      usage: this.usage,
      ...(ownWrites ? { pending: this.pending } : {}),
      onRead: this.countRead,
    }
    return 'search' in range ? new SearchReader(context, range, wanted) : new RangeReader(context, range, wanted)
  }

  get(table: Table, id: string, ownWrites = true): StoredDocument | null {
    const start = encodeKey(id)
    const row = this.scan({ index: table.byId, start, end: keyAfter(start), descending: false }, 1, ownWrites).next()
    if (!row) {
      return null
    }
    return { json: row.json, value: row.value ?? (JSON.parse(row.json) as JsonObject) }
  }

  insert(tableName: string, fields: JsonObject): string {
    for (const name of ['_id', '_creationTime']) {
      if (name in fields) {
        throw new Error(`Cannot insert a document into table "${tableName}" that already has the system field ${name}.`)
      }
    }
    const table = this.store.catalog.table(this.component, tableName) ?? this.createTable(tableName)
    this.validate(table, fields)
    const id = createDocumentId(table.number, this.nowMs)
    const creationTime = this.store.takeCreationTime((last) => nextCreationTime(last, this.nowMs))
    this.write(table, id, null, { ...fields, _creationTime: creationTime, _id: id })
    return id
  }

  /** `fields` may hold `{"$undefined":null}`: the field is removed. */
  patch(table: Table, id: string, fields: JsonObject): StoredDocument {
    const current = this.require(table, id, 'db.patch', 'Update')
    checkSystemFields(current.value, fields)
    const merged: JsonObject = { ...current.value }
    for (const [name, value] of Object.entries(fields)) {
      if (isUndefinedMarker(value)) delete merged[name]
      else merged[name] = value
    }
    return this.update(table, id, current, merged)
  }

  replace(table: Table, id: string, fields: JsonObject): StoredDocument {
    const current = this.require(table, id, 'db.replace', 'Replace')
    checkSystemFields(current.value, fields)
    return this.update(table, id, current, fields)
  }

  remove(table: Table, id: string): StoredDocument {
    const current = this.require(table, id, 'db.delete', 'Delete')
    this.charge(current.json)
    this.pending.put(table, id, current, null)
    return current
  }

  private require(table: Table, id: string, operation: string, verb: string): StoredDocument {
    const current = this.get(table, id)
    if (!current) throw new Error(`${verb} on nonexistent document ID ${id} (${operation}, table ${table.name}).`)
    return current
  }

  private update(table: Table, id: string, current: StoredDocument, fields: JsonObject): StoredDocument {
    const { _id, _creationTime, ...rest } = fields
    this.validate(table, rest)
    return this.write(table, id, current, {
      ...rest,
      _creationTime: current.value['_creationTime'] ?? null,
      _id: id,
    })
  }

  private write(table: Table, id: string, current: StoredDocument | null, value: JsonObject): StoredDocument {
    const after = { json: JSON.stringify(value), value }
    checkDocument(value, after.json)
    this.charge(after.json)
    this.pending.put(table, id, current, after)
    return after
  }

  private charge(json: string): void {
    this.usage.charge('documentsWritten', 1)
    this.usage.charge('bytesWritten', json.length)
  }

  private validate(table: Table, fields: JsonObject): void {
    if (!table.documentType) return
    const found = findMismatch(table.documentType, fields, this.isIdOf)
    if (found === null) return
    throw new Error(
      `Failed to insert or update a document in table "${table.name}" because it does not match the schema: ${found}`,
    )
  }

  private createTable(name: string): Table {
    checkTableName(name)
    return this.store.ensureTable(this.component, name)
  }
}

function checkTableName(name: string): void {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name)) {
    throw new Error(`Invalid table name ${JSON.stringify(name)}: use a letter, then letters, digits and _, at most 64.`)
  }
}

function checkSystemFields(current: JsonObject, fields: JsonObject): void {
  for (const name of ['_id', '_creationTime']) {
    const given = fields[name]
    if (given !== undefined && given !== current[name]) {
      throw new Error(
        `The system field ${name} cannot be changed: got ${JSON.stringify(given)}, the document has ${JSON.stringify(current[name])}.`,
      )
    }
  }
}

function isUndefinedMarker(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && '$undefined' in value
}
