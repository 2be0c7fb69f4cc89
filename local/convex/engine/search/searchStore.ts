/**
 * Search indexes in SQLite: one FTS5 table each, written in the transaction of the document. It holds terms as `tokenize`
 * makes them, and a hash of each filter field's value as one more term; relevance is computed in `scoreMatches.ts`, since
 * FTS5's own takes words of half the documents for worthless, and cannot weigh what is not committed yet.
 */
import { hash } from 'node:crypto'
import type { StatementSync } from 'node:sqlite'
import type { Database } from '../../../kernel/openDatabase.ts'
import type { JsonObject } from '../backend.ts'
import type { SearchIndex } from '../store/catalog.ts'
import type { Corpus } from './scoreMatches.ts'
import { countOf, filterValue, type Match, type SearchFilter, type SearchQuery, termsOf } from './searchQuery.ts'

/** A match in the latest state; `row` is its row in `docs`. */
export interface StoredMatch extends Match {
  row: number
}

export interface SearchStore {
  create(index: SearchIndex): void
  drop(index: SearchIndex): void
  /** Brings the index to a document's new state. Inside the caller's transaction. */
  put(index: SearchIndex, row: number, before: JsonObject | null, after: JsonObject | null): void
  /** What matches in the latest state, but for the rows left out. */
  find(query: SearchQuery, except: readonly number[]): { corpus: Corpus; matches: StoredMatch[] }
}

/** Above every character that a term can continue with. */
const LAST_CHARACTER = '\u{10ffff}'

const tableOf = (index: SearchIndex) => `search_${index.id}`
const filterToken = (field: number, value: string) => `f${field}x${hash('sha1', value)}`

export function createSearchStore(db: Database): SearchStore {
  const rows = (sql: string, ...values: (string | number)[]): number[][] => {
    const statement: StatementSync = db.prepare(sql)
    statement.setReturnArrays(true)
    return statement.all(...values) as unknown as number[][]
  }

  return {
    create(index) {
      const name = tableOf(index)
      // Terms come ready: this tokenizer only cuts at the spaces between them, everything beyond ASCII is part of a word.
      db.exec(
        `CREATE VIRTUAL TABLE ${name} USING fts5(terms, filters, content='', contentless_delete=1, tokenize='ascii')`,
      )
      db.exec(`CREATE VIRTUAL TABLE ${name}_words USING fts5vocab(${name}, instance)`)
    },
    drop(index) {
      const name = tableOf(index)
      db.exec(`DROP TABLE ${name}_words; DROP TABLE ${name}`)
      db.prepare('DELETE FROM searchDocs WHERE ix = ?').run(index.id)
    },
    put(index, row, before, after) {
      const [old, next] = [before && entryOf(index, before), after && entryOf(index, after)]
      if (old?.terms === next?.terms && old?.filters === next?.filters) return
      if (old) {
        db.prepare(`DELETE FROM ${tableOf(index)} WHERE rowid = ?`).run(row)
        db.prepare('DELETE FROM searchDocs WHERE ix = ? AND doc = ?').run(index.id, row)
      }
      if (!next) return
      db.prepare(`INSERT INTO ${tableOf(index)} (rowid, terms, filters) VALUES (?, ?, ?)`).run(
        ...[row, next.terms, next.filters],
      )
      db.prepare('INSERT INTO searchDocs (ix, doc, length, creationTime) VALUES (?, ?, ?, ?)').run(
        ...[index.id, row, next.length, Number(after?.['_creationTime'])],
      )
    },
    find({ index, terms, filters }, except) {
      const name = tableOf(index)
      const among = `doc NOT IN (SELECT value FROM json_each(?))${
        filters.length > 0 ? ` AND doc IN (SELECT rowid FROM ${name} WHERE ${name} MATCH ?)` : ''
      }`
      const given = [JSON.stringify(except), ...(filters.length > 0 ? [filterExpression(filters)] : [])]
      const [[documents = 0, length = 0] = []] = rows(
        `SELECT count(*), coalesce(sum(length), 0) FROM searchDocs WHERE ix = ? AND ${among}`,
        ...[index.id, ...given],
      )
      const matches = new Map<number, StoredMatch>()
      for (const [position, { text, isPrefix }] of terms.entries()) {
        const found = rows(
          `SELECT w.doc, w.hits, w.whole, d.length, d.creationTime FROM (
             SELECT doc, count(*) AS hits, sum(term = ?) AS whole FROM ${name}_words
             WHERE ${isPrefix ? 'term >= ? AND term < ?' : 'term = ?'} AND col = 'terms' AND ${among} GROUP BY doc
           ) w JOIN searchDocs d ON d.ix = ? AND d.doc = w.doc`,
          ...[text, text, ...(isPrefix ? [text + LAST_CHARACTER] : []), ...given, index.id],
        )
        for (const [row = 0, hits = 0, whole = 0, size = 0, creationTime = 0] of found) {
          const match = matches.get(row) ?? { row, creationTime, length: size, counts: terms.map(() => 0) }
          match.counts[position] = countOf(whole, hits - whole)
          matches.set(row, match)
        }
      }
      return { corpus: { documents, length }, matches: [...matches.values()] }
    },
  }
}

interface Entry {
  terms: string
  filters: string
  length: number
}

function entryOf(index: SearchIndex, document: JsonObject): Entry | null {
  const terms = termsOf(index, document)
  if (!terms) return null
  const filters = index.filterPaths.map((_, field) => filterToken(field, filterValue(index, field, document)))
  return { terms: terms.join(' '), filters: filters.join(' '), length: terms.length }
}

function filterExpression(filters: readonly SearchFilter[]): string {
  return `filters : (${filters.map(({ field, value }) => `"${filterToken(field, value)}"`).join(' AND ')})`
}
