/** A search as the SDK describes it → the terms and filters to look for; what the index cannot answer is refused by name. */
import type { SearchExpression } from '../query/serializedQuery.ts'
import type { SearchIndex, Table } from '../store/catalog.ts'
import { encodeKey } from '../values/encodeKey.ts'
import type { SearchQuery, SearchTerm } from './searchQuery.ts'
import { tokenize } from './tokenize.ts'

const MOST_TERMS = 16
const MOST_FILTERS = 8

export function compileSearch(
  table: Table,
  indexName: string,
  expressions: readonly SearchExpression[],
  isStrict: boolean,
): SearchQuery {
  const index = findSearchIndex(table, indexName)
  const searches = expressions.filter(({ type }) => type === 'Search')
  const [search] = searches
  if (!search || searches.length > 1) throw invalid(index, `it needs one search expression, not ${searches.length}`)
  if (search.fieldPath !== index.searchField) {
    throw invalid(index, `it searches the field ${index.searchField}, not ${search.fieldPath}`)
  }
  if (typeof search.value !== 'string') throw invalid(index, 'what to search for must be a string')
  const filters = expressions.filter(({ type }) => type === 'Eq')
  if (filters.length > MOST_FILTERS) {
    throw invalid(index, `it has ${filters.length} filters; at most ${MOST_FILTERS} are allowed`)
  }
  return {
    index,
    table,
    terms: compileTerms(index, search.value, isStrict),
    filters: filters.map(({ fieldPath, value }) => {
      const field = index.filterFields.indexOf(fieldPath)
      if (field < 0) throw invalid(index, `${fieldPath} is not one of its filter fields`)
      return { field, value: encodeKey(value) }
    }),
  }
}

function findSearchIndex(table: Table, name: string): SearchIndex {
  const index = table.searchIndexes.find((candidate) => candidate.name === name)
  if (!index) throw new Error(`Index ${table.name}.${name} not found.`)
  if (index.staged) throw new Error(`Index ${table.name}.${name} is staged and cannot be queried until it is enabled.`)
  return index
}

/** The last word is still being typed, perhaps: it stands for everything that begins with it. */
function compileTerms(index: SearchIndex, text: string, isStrict: boolean): SearchTerm[] {
  const words = tokenize(text)
  if (isStrict && words.length > MOST_TERMS) {
    throw invalid(index, `it searches for ${words.length} terms; at most ${MOST_TERMS} are allowed`)
  }
  const last = words.length > MOST_TERMS ? undefined : words.at(-1)
  return [...new Set(words.slice(0, MOST_TERMS))].map((word) => ({ text: word, isPrefix: word === last }))
}

function invalid(index: SearchIndex, reason: string): Error {
  const fields = [index.searchField, ...index.filterFields].join(', ')
  return new Error(`Invalid search on index ${index.tableName}.${index.name} [${fields}]: ${reason}.`)
}
