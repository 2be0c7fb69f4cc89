/**
 * Text search in the language of read sets: a document has a key for each of its terms, once as it is and once for each
 * filter field's value; a query has read an interval of such keys for each of its terms. So a write wakes the searches for
 * one of its terms (and, with filters, of its first filter's value), and no others.
 */
import type { JsonObject } from '../backend.ts'
import type { SearchIndex } from '../store/catalog.ts'
import type { Interval } from '../store/readSet.ts'
import { encodeKey, type Key, keyAfter, prefixEnd } from '../values/encodeKey.ts'
import { filterValue, type SearchFilter, type SearchQuery, termsOf } from './searchQuery.ts'

const UNFILTERED = '\x00'

export function documentKeys(index: SearchIndex, document: JsonObject): Key[] {
  const terms = [...new Set(termsOf(index, document))].map((term) => encodeKey(term))
  const filters = index.filterPaths.map((_, field) => scopeOf({ field, value: filterValue(index, field, document) }))
  return [UNFILTERED, ...filters].flatMap((scope) => terms.map((term) => scope + term))
}

export function queryIntervals({ terms, filters }: SearchQuery): Interval[] {
  const [first] = filters
  const scope = first ? scopeOf(first) : UNFILTERED
  return terms.map(({ text, isPrefix }) => {
    const key = scope + encodeKey(text)
    if (!isPrefix) return { start: key, end: keyAfter(key) }
    // Without the mark that ends a text.
    const start = key.slice(0, -1)
    return { start, end: prefixEnd(start) }
  })
}

function scopeOf({ field, value }: SearchFilter): Key {
  return String.fromCharCode(field + 1) + value
}
