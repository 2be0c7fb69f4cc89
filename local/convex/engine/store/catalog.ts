/** Which tables and indexes exist. The component id is part of a table's identity; '' is the app itself. */
import type { JsonObject } from '../backend.ts'
import { encodeKey, type Key } from '../values/encodeKey.ts'
import { fieldAt } from '../values/fieldAt.ts'
import type { Validator } from '../values/validator.ts'

export interface Index {
  /** Unique over all components and tables: the first part of every key on disk. */
  id: number
  tableName: string
  name: string
  fields: readonly string[]
  paths: readonly (readonly string[])[]
  /** Built and kept up to date, but not yet to be queried. */
  staged: boolean
}

export interface SearchIndex {
  /** From the same numbers as those of other indexes. */
  id: number
  tableName: string
  name: string
  searchField: string
  searchPath: readonly string[]
  filterFields: readonly string[]
  filterPaths: readonly (readonly string[])[]
  staged: boolean
}

export interface Table {
  component: string
  name: string
  /** Part of the ids of its documents; unique within its component only. */
  number: number
  byId: Index
  byCreationTime: Index
  /** Every index, the two built-in ones included. */
  indexes: Index[]
  searchIndexes: SearchIndex[]
  /** What the schema in force demands of its documents; null: anything. */
  documentType: Validator | null
}

/** The fields an index really sorts by: its own, then the creation time, then the id. */
export function sortedFields(index: Index): readonly string[] {
  if (index.name === 'by_id') return ['_id']
  if (index.name === 'by_creation_time') return ['_creationTime', '_id']
  return [...index.fields, '_creationTime', '_id']
}

export function createIndex(id: number, tableName: string, name: string, fields: string[], staged: boolean): Index {
  const index = { id, tableName, name, fields, paths: [] as string[][], staged }
  index.paths = sortedFields(index).map((field) => field.split('.'))
  return index
}

export function createSearchIndex(
  id: number,
  tableName: string,
  name: string,
  { searchField, filterFields }: Pick<SearchIndex, 'searchField' | 'filterFields'>,
  staged: boolean,
): SearchIndex {
  const filterPaths = filterFields.map((field) => field.split('.'))
  return { id, tableName, name, searchField, searchPath: searchField.split('.'), filterFields, filterPaths, staged }
}

export function indexKey(index: Index, document: JsonObject): Key {
  let key = ''
  for (const path of index.paths) key += encodeKey(fieldAt(document, path))
  return key
}

export class Catalog {
  private readonly byName = new Map<string, Table>()
  private readonly byNumber = new Map<string, Table>()
  private readonly indexesById = new Map<number, Index>()
  /** Rises when indexes or schemas change: a transaction that began under another one must run again. */
  epoch = 0

  add(table: Table): void {
    this.byName.set(`${table.component}/${table.name}`, table)
    this.byNumber.set(`${table.component}/${table.number}`, table)
    for (const index of table.indexes) this.indexesById.set(index.id, index)
  }

  table(component: string, name: string): Table | undefined {
    return this.byName.get(`${component}/${name}`)
  }

  tableByNumber(component: string, number: number): Table | undefined {
    return this.byNumber.get(`${component}/${number}`)
  }

  tables(component: string): Table[] {
    return [...this.byName.values()].filter((table) => table.component === component)
  }

  addIndex(table: Table, index: Index): void {
    table.indexes.push(index)
    this.indexesById.set(index.id, index)
  }

  removeIndex(table: Table, index: Index): void {
    table.indexes = table.indexes.filter((other) => other !== index)
    this.indexesById.delete(index.id)
  }

  /** The next free number for a table of this component; user tables start at 10001. */
  nextTableNumber(component: string): number {
    const numbers = this.tables(component).map((table) => table.number)
    return Math.max(10_000, ...numbers) + 1
  }
}
