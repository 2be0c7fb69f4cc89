/** Which tables and indexes the database has, read once when it is opened. */
import type { Database } from '../../../kernel/openDatabase.ts'
import { Catalog, createIndex, createSearchIndex, type Index, type SearchIndex } from './catalog.ts'

export function loadCatalog(db: Database): Catalog {
  const catalog = new Catalog()
  const tables = db.prepare('SELECT component, name, number FROM tables').all() as unknown as {
    component: string
    name: string
    number: number
  }[]
  const rows = db
    .prepare('SELECT id, component, tableName, name, fields, staged FROM indexes ORDER BY id')
    .all() as unknown as {
    id: number
    component: string
    tableName: string
    name: string
    fields: string
    staged: number
  }[]
  for (const { component, name, number } of tables) {
    const indexes: Index[] = []
    const searchIndexes: SearchIndex[] = []
    for (const row of rows.filter((each) => each.component === component && each.tableName === name)) {
      // A list of fields, or what a search index searches and filters by.
      const fields = JSON.parse(row.fields) as string[] | Pick<SearchIndex, 'searchField' | 'filterFields'>
      if (Array.isArray(fields)) indexes.push(createIndex(row.id, name, row.name, fields, row.staged === 1))
      else searchIndexes.push(createSearchIndex(row.id, name, row.name, fields, row.staged === 1))
    }
    const byId = indexes.find((index) => index.name === 'by_id')
    const byCreationTime = indexes.find((index) => index.name === 'by_creation_time')
    if (!byId || !byCreationTime)
      throw new Error(`The table ${name} has lost its built-in indexes. Reset the data folder.`)
    catalog.add({ component, name, number, byId, byCreationTime, indexes, searchIndexes, documentType: null })
  }
  return catalog
}
