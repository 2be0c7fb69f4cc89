/** Brings tables, indexes and document rules to a schema: documents are checked first, then everything changes at once. */
import type { JsonObject, JsonValue } from '../backend.ts'
import { tableNumberOfId } from '../values/documentId.ts'
import { encodeKey, keyToBlob } from '../values/encodeKey.ts'
import { isJsonObject } from '../values/fieldAt.ts'
import { findMismatch, type Validator } from '../values/validator.ts'
import { allDocuments } from './allDocuments.ts'
import { checkSearchIndex, readSearchIndexes, setSearchIndexes, type WantedSearchIndex } from './applySearchIndexes.ts'
import { createIndex, type Index, indexKey, type Table } from './catalog.ts'
import type { Store } from './createStore.ts'

interface WantedIndex {
  name: string
  fields: string[]
  staged: boolean
}
interface WantedTable {
  name: string
  indexes: WantedIndex[]
  searchIndexes: WantedSearchIndex[]
  documentType: Validator | null
}

const MOST_INDEXES = 32
const MOST_FIELDS = 16
const builtIn = new Set(['by_id', 'by_creation_time'])

export function applySchema(
  store: Store,
  component: string,
  schema: { tables: JsonObject[]; schemaValidation: boolean } | null,
): void {
  const wanted = (schema?.tables ?? []).map((table) => readTable(table, schema?.schemaValidation ?? false))
  for (const table of wanted) store.ensureTable(component, table.name)
  const before = readMeta(store, component)
  for (const table of wanted) checkExisting(store, component, table, before[table.name])
  const isChanged = store.db.transaction(() => {
    let changed = false
    for (const table of store.catalog.tables(component)) {
      if (table.name.startsWith('_')) continue
      const target = wanted.find(({ name }) => name === table.name)
      changed = setIndexes(store, table, target?.indexes ?? []) || changed
      changed = setSearchIndexes(store, table, target?.searchIndexes ?? []) || changed
      changed = setDocumentType(table, target?.documentType ?? null) || changed
    }
    writeMeta(
      store,
      component,
      Object.fromEntries(wanted.map(({ name, documentType }) => [name, JSON.stringify(documentType)])),
    )
    return changed
  })
  if (isChanged) store.catalog.epoch++
}

/** The indexes of a system table, built the same way. */
export function ensureSystemTable(
  store: Store,
  name: string,
  number: number,
  indexes: Record<string, string[]>,
): Table {
  const table = store.ensureTable('', name, number)
  const wanted = Object.entries(indexes).map(([index, fields]) => ({ name: index, fields, staged: false }))
  store.db.transaction(() => setIndexes(store, table, wanted))
  return table
}

function readTable(table: JsonObject, schemaValidation: boolean): WantedTable {
  const name = String(table['tableName'])
  const documentType = table['documentType']
  const indexes = [...readIndexes(table['indexes'], false), ...readIndexes(table['stagedDbIndexes'], true)]
  const searchIndexes = [
    ...readSearchIndexes(table['searchIndexes'], false),
    ...readSearchIndexes(table['stagedSearchIndexes'], true),
  ]
  for (const index of indexes) checkFields(name, index)
  for (const index of searchIndexes) checkSearchIndex(name, index)
  checkNames(
    name,
    [...indexes, ...searchIndexes].map((index) => index.name),
  )
  return {
    name,
    indexes,
    searchIndexes,
    documentType: schemaValidation && isJsonObject(documentType) ? (documentType as unknown as Validator) : null,
  }
}

function readIndexes(list: JsonValue | undefined, staged: boolean): WantedIndex[] {
  if (!Array.isArray(list)) return []
  return list.filter(isJsonObject).map((index) => ({
    name: String(index['indexDescriptor']),
    fields: Array.isArray(index['fields']) ? index['fields'].map(String) : [],
    staged,
  }))
}

function checkNames(table: string, names: readonly string[]): void {
  for (const [at, name] of names.entries()) {
    if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name) || builtIn.has(name)) {
      throw new Error(`Table ${table}: "${name}" cannot be the name of an index.`)
    }
    if (names.indexOf(name) !== at) throw new Error(`Table ${table} has two indexes named ${name}.`)
  }
  if (names.length > MOST_INDEXES)
    throw new Error(`Table ${table} has ${names.length} indexes; at most ${MOST_INDEXES} are allowed.`)
}

function checkFields(table: string, { name, fields }: WantedIndex): void {
  if (fields.length === 0 || fields.length > MOST_FIELDS) {
    throw new Error(`Index ${table}.${name} has ${fields.length} fields; between 1 and ${MOST_FIELDS} are allowed.`)
  }
}

/** Documents of a table whose rules changed must already follow the new ones. */
function checkExisting(store: Store, component: string, wanted: WantedTable, before: JsonValue | undefined): void {
  const { documentType } = wanted
  const table = store.catalog.table(component, wanted.name)
  if (!table || !documentType || before === JSON.stringify(documentType)) return
  const isIdOf = (id: string, name: string) => {
    const number = tableNumberOfId(id)
    return number !== null && store.catalog.table(component, name)?.number === number
  }
  for (const { document } of allDocuments(store, table)) {
    const { _id, _creationTime, ...fields } = document
    const found = findMismatch(documentType, fields, isIdOf)
    if (found !== null) {
      throw new Error(
        `Schema validation failed: document with ID ${JSON.stringify(_id)} in table "${wanted.name}" does not match the schema: ${found}`,
      )
    }
  }
}

function setIndexes(store: Store, table: Table, wanted: readonly WantedIndex[]): boolean {
  let changed = false
  for (const index of table.indexes) {
    const target = wanted.find(({ name }) => name === index.name)
    const isSame = target !== undefined && JSON.stringify(target.fields) === JSON.stringify(index.fields)
    if (builtIn.has(index.name)) continue
    if (isSame && target.staged === index.staged) continue
    changed = true
    if (isSame) {
      index.staged = target.staged
      store.db.prepare('UPDATE indexes SET staged = ? WHERE id = ?').run(target.staged ? 1 : 0, index.id)
      continue
    }
    store.catalog.removeIndex(table, index)
    store.db.prepare('DELETE FROM entries WHERE ix = ?').run(index.id)
    store.db.prepare('DELETE FROM indexes WHERE id = ?').run(index.id)
  }
  for (const target of wanted) {
    if (table.indexes.some(({ name }) => name === target.name)) continue
    changed = true
    buildIndex(store, table, target)
  }
  return changed
}

function buildIndex(store: Store, table: Table, { name, fields, staged }: WantedIndex): void {
  const { lastInsertRowid } = store.db
    .prepare('INSERT INTO indexes (component, tableName, name, fields, staged) VALUES (?, ?, ?, ?, ?)')
    .run(table.component, table.name, name, JSON.stringify(fields), staged ? 1 : 0)
  const index: Index = createIndex(Number(lastInsertRowid), table.name, name, fields, staged)
  const add = store.db.prepare(
    'INSERT INTO entries (ix, key, doc) SELECT ?, ?, doc FROM entries WHERE ix = ? AND key = ?',
  )
  for (const { document } of allDocuments(store, table)) {
    const idKey = keyToBlob(encodeKey(document['_id'] ?? null))
    add.run(index.id, keyToBlob(indexKey(index, document)), table.byId.id, idKey)
  }
  store.catalog.addIndex(table, index)
}

function setDocumentType(table: Table, documentType: Validator | null): boolean {
  if (JSON.stringify(table.documentType) === JSON.stringify(documentType)) return false
  table.documentType = documentType
  return true
}

function readMeta(store: Store, component: string): JsonObject {
  const row = store.db.prepare('SELECT value FROM meta WHERE name = ?').get(`schema:${component}`) as
    | { value: string }
    | undefined
  return row ? (JSON.parse(row.value) as JsonObject) : {}
}

function writeMeta(store: Store, component: string, value: JsonObject): void {
  store.db
    .prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
    .run(`schema:${component}`, JSON.stringify(value))
}
