/** Documents and index entries in SQLite; the latest state on disk, the recent past in the write log. */
import type { Clock } from '../../../kernel/clock.ts'
import { type Database, openDatabase } from '../../../kernel/openDatabase.ts'
import type { Counters, JsonObject } from '../backend.ts'
import { documentKeys } from '../search/searchKeys.ts'
import { createSearchStore, type SearchStore } from '../search/searchStore.ts'
import { blobToKey, encodeKey, type Key, keyToBlob } from '../values/encodeKey.ts'
import { type Catalog, createIndex, type Index, indexKey, type SearchIndex, type Table } from './catalog.ts'
import { loadCatalog } from './loadCatalog.ts'
import { TABLE_NAMES, tableNameKey } from './readSet.ts'
import { storeSchema } from './storeSchema.ts'
import { Subscriptions } from './subscriptions.ts'
import { type LogEntry, WriteLog } from './writeLog.ts'

/** A document as it is kept: its text, and the text parsed. Never changed in place. */
export interface StoredDocument {
  json: string
  value: JsonObject
}

export interface Write {
  table: Table
  id: string
  before: StoredDocument | null
  after: StoredDocument | null
}

export interface Row {
  key: Key
  json: string
}

export interface Commit {
  writes: Iterable<Write>
  /** A table that exists from now on: whoever found it missing must run again. */
  newTable?: Key
  /** Runs inside the same SQLite transaction: session records, cron times. */
  also?: (ts: bigint) => void
}

export interface Store {
  readonly db: Database
  readonly catalog: Catalog
  readonly log: WriteLog
  readonly subscriptions: Subscriptions
  readonly search: SearchStore
  latestTs(): bigint
  advanceTs(atLeast: bigint): void
  /** Rows of the latest state with start ≤ key < end. */
  readRange(index: Index, start: Key, end: Key, descending: boolean, limit: number): Row[]
  readOne(index: Index, key: Key): string | null
  /** Where the latest state keeps the document that an index has under this key. */
  rowOf(index: Index, key: Key): number | undefined
  readRow(row: number): string
  ensureTable(component: string, name: string, number?: number): Table
  /** The commit point: all or nothing, synchronous. Returns the new timestamp. */
  commit(commit: Commit): bigint
  onCommit(listener: (entry: LogEntry, writes: readonly Write[]) => void): void
  /** Creation times never repeat and never go back within a process. */
  takeCreationTime(next: (last: number) => number): number
  close(): void
}

export interface StoreOptions {
  path: string
  clock: Clock
  counters: Counters
  durability: 'normal' | 'full'
}

const LARGEST_ADVANCE_MS = 3_600_000
const commitTsPlaceholder = '{"$commitTs":null}'

const readSql = (order: 'ASC' | 'DESC') =>
  `SELECT e.key, d.json FROM entries e CROSS JOIN docs d ON d.rid = e.doc WHERE e.ix = ? AND e.key >= ? AND e.key < ? ORDER BY e.key ${order} LIMIT ?`

export function createStore({ path, clock, counters, durability }: StoreOptions): Store {
  const db = openDatabase({ path, schema: storeSchema, durability })
  const sql = {
    ascending: db.prepare(readSql('ASC')),
    descending: db.prepare(readSql('DESC')),
    one: db.prepare('SELECT d.json FROM entries e CROSS JOIN docs d ON d.rid = e.doc WHERE e.ix = ? AND e.key = ?'),
    text: db.prepare('SELECT json FROM docs WHERE rid = ?'),
    rowOf: db.prepare('SELECT doc FROM entries WHERE ix = ? AND key = ?'),
    addDocument: db.prepare('INSERT INTO docs (json) VALUES (?)'),
    setDocument: db.prepare('UPDATE docs SET json = ? WHERE rid = ?'),
    removeDocument: db.prepare('DELETE FROM docs WHERE rid = ?'),
    addEntry: db.prepare('INSERT INTO entries (ix, key, doc) VALUES (?, ?, ?)'),
    removeEntry: db.prepare('DELETE FROM entries WHERE ix = ? AND key = ?'),
    setTs: db.prepare(
      "INSERT INTO meta (name, value) VALUES ('ts', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    ),
    addTable: db.prepare('INSERT INTO tables (component, name, number) VALUES (?, ?, ?)'),
    addIndex: db.prepare('INSERT INTO indexes (component, tableName, name, fields, staged) VALUES (?, ?, ?, ?, ?)'),
  }
  for (const statement of [sql.ascending, sql.descending, sql.one, sql.rowOf, sql.text]) statement.setReturnArrays(true)

  const search = createSearchStore(db)
  const catalog = loadCatalog(db)
  let ts = readTs(db)
  let lastCreationTime = Number(ts / 1_000_000n)
  const log = new WriteLog(ts)
  const subscriptions = new Subscriptions()
  const listeners: ((entry: LogEntry, writes: readonly Write[]) => void)[] = []

  function nextTs(): bigint {
    const now = BigInt(Math.floor(clock.now())) * 1_000_000n
    return now > ts ? now : ts + 1n
  }

  function putWrite(write: Write, changes: LogEntry['changes']): void {
    const { table, before, after } = write
    let rid: number
    if (before) {
      const found = rowOf(table.byId, encodeKey(write.id))
      if (found === undefined) throw new Error(`The store lost the document ${write.id} of table ${table.name}.`)
      rid = found
      if (after) sql.setDocument.run(after.json, rid)
      else sql.removeDocument.run(rid)
    } else {
      if (!after) return
      rid = Number(sql.addDocument.run(after.json).lastInsertRowid)
    }
    for (const index of table.indexes) {
      const oldKey = before ? indexKey(index, before.value) : null
      const newKey = after ? indexKey(index, after.value) : null
      if (oldKey !== newKey) {
        if (oldKey !== null) sql.removeEntry.run(index.id, keyToBlob(oldKey))
        if (newKey !== null) sql.addEntry.run(index.id, keyToBlob(newKey), rid)
      }
      const keys = changes.get(index.id) ?? new Map<Key, string | null>()
      changes.set(index.id, keys)
      if (oldKey !== null) keys.set(oldKey, before?.json ?? null)
      if (newKey !== null && newKey !== oldKey) keys.set(newKey, null)
    }
    for (const index of table.searchIndexes) putSearch(index, rid, write, changes)
  }

  function putSearch(index: SearchIndex, rid: number, { before, after }: Write, changes: LogEntry['changes']): void {
    search.put(index, rid, before?.value ?? null, after?.value ?? null)
    const keys = changes.get(index.id) ?? new Map<Key, string | null>()
    changes.set(index.id, keys)
    // Only who has to run again is told here; what the document was stands under its id.
    for (const document of [before, after])
      for (const key of document ? documentKeys(index, document.value) : []) keys.set(key, null)
  }

  function rowOf(index: Index, key: Key): number | undefined {
    const row = sql.rowOf.get(index.id, keyToBlob(key)) as unknown as [number] | undefined
    return row?.[0]
  }

  function commit({ writes, newTable, also }: Commit): bigint {
    const next = nextTs()
    const changes: LogEntry['changes'] = new Map()
    const list = [...writes].map((write) => withCommitTs(write, next))
    db.transaction(() => {
      for (const write of list) putWrite(write, changes)
      also?.(next)
      sql.setTs.run(next)
    })
    if (newTable !== undefined) changes.set(TABLE_NAMES, new Map([[newTable, null]]))
    ts = next
    counters.commits++
    const entry = { ts, atMs: clock.now(), changes }
    log.append(entry)
    subscriptions.notify(entry)
    for (const listener of listeners) listener(entry, list)
    return next
  }

  return {
    db,
    catalog,
    log,
    subscriptions,
    search,
    rowOf,
    latestTs: () => ts,
    advanceTs(atLeast) {
      // A tab that outlived a reset of the data saw timestamps up to now; anything far ahead is junk and is left alone.
      if (atLeast <= ts || atLeast > BigInt(Math.floor(clock.now()) + LARGEST_ADVANCE_MS) * 1_000_000n) return
      sql.setTs.run(atLeast)
      ts = atLeast
    },
    readRange(index, start, end, descending, limit) {
      const statement = descending ? sql.descending : sql.ascending
      const rows = statement.all(index.id, keyToBlob(start), keyToBlob(end), limit) as unknown as [Uint8Array, string][]
      counters.indexRowsRead += rows.length
      return rows.map(([key, json]) => ({ key: blobToKey(key), json }))
    },
    readOne(index, key) {
      const row = sql.one.get(index.id, keyToBlob(key)) as unknown as [string] | undefined
      if (row) counters.indexRowsRead++
      return row ? row[0] : null
    },
    readRow(row) {
      const found = sql.text.get(row) as unknown as [string] | undefined
      if (!found) throw new Error(`The store lost the row ${row} that a search index names. Reset the data folder.`)
      counters.indexRowsRead++
      return found[0]
    },
    ensureTable(component, name, number) {
      const existing = catalog.table(component, name)
      if (existing) return existing
      const tableNumber = number ?? catalog.nextTableNumber(component)
      // At once, not with the transaction that asks for it: if that one fails, an empty table is left, which is harmless.
      const table = db.transaction(() => {
        sql.addTable.run(component, name, tableNumber)
        const byId = addIndexRow(component, name, 'by_id')
        const byCreationTime = addIndexRow(component, name, 'by_creation_time')
        return {
          component,
          name,
          number: tableNumber,
          byId,
          byCreationTime,
          indexes: [byId, byCreationTime],
          searchIndexes: [],
          documentType: null,
        }
      })
      catalog.add(table)
      commit({ writes: [], newTable: tableNameKey(component, name) })
      return table
    },
    commit,
    onCommit: (listener) => listeners.push(listener),
    takeCreationTime(next) {
      lastCreationTime = next(lastCreationTime)
      return lastCreationTime
    },
    close: () => db.close(),
  }

  function addIndexRow(component: string, tableName: string, name: string): Index {
    const { lastInsertRowid } = sql.addIndex.run(component, tableName, name, '[]', 0)
    return createIndex(Number(lastInsertRowid), tableName, name, [], false)
  }
}

/** Fills in `ctx.db.vars.commitTs`. Inside a JSON string the placeholder's quotes would be escaped: no false hit. */
function withCommitTs(write: Write, ts: bigint): Write {
  if (!write.after?.json.includes(commitTsPlaceholder)) return write
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(ts)
  const json = write.after.json.replaceAll(commitTsPlaceholder, `{"$integer":"${bytes.toString('base64')}"}`)
  return { ...write, after: { json, value: JSON.parse(json) as JsonObject } }
}

function readTs(db: Database): bigint {
  const statement = db.prepare("SELECT value FROM meta WHERE name = 'ts'")
  statement.setReadBigInts(true)
  const row = statement.get() as { value: bigint } | undefined
  return row?.value ?? 0n
}
