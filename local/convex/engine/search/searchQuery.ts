/** What a text search asks for, and how a document of the index answers it. */
import type { JsonObject } from '../backend.ts'
import type { SearchIndex, Table } from '../store/catalog.ts'
import { encodeKey, type Key } from '../values/encodeKey.ts'
import { fieldAt } from '../values/fieldAt.ts'
import { tokenize } from './tokenize.ts'

export interface SearchTerm {
  text: string
  /** The last one also matches every word that begins with it. */
  isPrefix: boolean
}

export interface SearchFilter {
  /** Position among the index's filter fields. */
  field: number
  value: Key
}

export interface SearchQuery {
  index: SearchIndex
  table: Table
  /** Distinct. A document matches when it has one of them. */
  terms: readonly SearchTerm[]
  /** A document matches when it passes all of them. */
  filters: readonly SearchFilter[]
}

/** One matching document, as far as its score needs it. */
export interface Match {
  creationTime: number
  /** Terms of its text. */
  length: number
  /** How often it has each term of the query. */
  counts: number[]
}

/** Null when there is nothing to index: the field is missing, no string, or without a word. */
export function termsOf(index: SearchIndex, document: JsonObject): string[] | null {
  const text = fieldAt(document, index.searchPath)
  const terms = typeof text === 'string' ? tokenize(text) : []
  return terms.length > 0 ? terms : null
}

export function filterValue(index: SearchIndex, field: number, document: JsonObject): Key {
  return encodeKey(fieldAt(document, index.filterPaths[field] ?? []))
}

/** A whole word counts once, a word that only begins with the term counts half: exact matches come first. */
export function countOf(whole: number, beginning: number): number {
  return whole + beginning / 2
}

/** What the index on disk would say about this document; null when it does not match. */
export function matchDocument({ index, terms, filters }: SearchQuery, document: JsonObject): Match | null {
  const words = termsOf(index, document)
  if (!words || filters.some(({ field, value }) => filterValue(index, field, document) !== value)) return null
  const counts = terms.map(({ text, isPrefix }) => {
    const whole = words.filter((word) => word === text).length
    return countOf(whole, isPrefix ? words.filter((word) => word !== text && word.startsWith(text)).length : 0)
  })
  return { creationTime: Number(document['_creationTime']), length: words.length, counts }
}
