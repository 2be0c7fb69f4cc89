/** Brings a table's search indexes to a schema: what is gone is dropped, what is new is built over the documents there are. */
import type { JsonValue } from '../backend.ts'
import { isJsonObject } from '../values/fieldAt.ts'
import { allDocuments } from './allDocuments.ts'
import { createSearchIndex, type SearchIndex, type Table } from './catalog.ts'
import type { Store } from './createStore.ts'

export type WantedSearchIndex = Pick<SearchIndex, 'name' | 'searchField' | 'filterFields' | 'staged'>

const MOST_FILTER_FIELDS = 16

export function readSearchIndexes(list: JsonValue | undefined, staged: boolean): WantedSearchIndex[] {
  if (!Array.isArray(list)) return []
  return list.filter(isJsonObject).map(({ indexDescriptor, searchField, filterFields }) => ({
    name: String(indexDescriptor),
    searchField: String(searchField),
    filterFields: Array.isArray(filterFields) ? filterFields.map(String) : [],
    staged,
  }))
}

export function checkSearchIndex(table: string, { name, filterFields }: WantedSearchIndex): void {
  if (filterFields.length > MOST_FILTER_FIELDS) {
    throw new Error(
      `Index ${table}.${name} has ${filterFields.length} filter fields; at most ${MOST_FILTER_FIELDS} are allowed.`,
    )
  }
}

/** Inside the caller's transaction. True when something changed. */
export function setSearchIndexes(store: Store, table: Table, wanted: readonly WantedSearchIndex[]): boolean {
  let changed = false
  for (const index of table.searchIndexes) {
    const target = wanted.find(({ name }) => name === index.name)
    const isSame = target !== undefined && fieldsOf(target) === fieldsOf(index)
    if (isSame && target.staged === index.staged) continue
    changed = true
    if (isSame) setStaged(store, index, target.staged)
    else dropIndex(store, table, index)
  }
  for (const target of wanted) {
    if (table.searchIndexes.some(({ name }) => name === target.name)) continue
    changed = true
    buildIndex(store, table, target)
  }
  return changed
}

function fieldsOf({ searchField, filterFields }: WantedSearchIndex): string {
  return JSON.stringify({ searchField, filterFields })
}

function setStaged({ db }: Store, index: SearchIndex, staged: boolean): void {
  index.staged = staged
  db.prepare('UPDATE indexes SET staged = ? WHERE id = ?').run(staged ? 1 : 0, index.id)
}

function dropIndex({ db, search }: Store, table: Table, index: SearchIndex): void {
  table.searchIndexes = table.searchIndexes.filter((other) => other !== index)
  search.drop(index)
  db.prepare('DELETE FROM indexes WHERE id = ?').run(index.id)
}

function buildIndex(store: Store, table: Table, target: WantedSearchIndex): void {
  const { lastInsertRowid } = store.db
    .prepare('INSERT INTO indexes (component, tableName, name, fields, staged) VALUES (?, ?, ?, ?, ?)')
    .run(table.component, table.name, target.name, fieldsOf(target), target.staged ? 1 : 0)
  const index = createSearchIndex(Number(lastInsertRowid), table.name, target.name, target, target.staged)
  store.search.create(index)
  for (const { key, document } of allDocuments(store, table)) {
    const row = store.rowOf(table.byId, key)
    if (row !== undefined) store.search.put(index, row, null, document)
  }
  table.searchIndexes.push(index)
}
