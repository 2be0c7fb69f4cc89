/**
 * Walks the results of one search as a transaction sees them: the index on disk, with what was committed since the snapshot
 * taken back and the transaction's own writes on top. Decided when it begins: later writes do not change a walk under way.
 */
import type { JsonObject } from '../backend.ts'
import type { StoredDocument } from '../store/createStore.ts'
import type { ReaderContext, ReadRow, RowReader } from '../tx/rangeReader.ts'
import type { Key } from '../values/encodeKey.ts'
import { scoreMatches } from './scoreMatches.ts'
import { queryIntervals } from './searchKeys.ts'
import { type Match, matchDocument, type SearchQuery } from './searchQuery.ts'

/** The part of a search's results between two places; keys are those of `scoreMatches`. */
export interface SearchRange {
  search: SearchQuery
  start: Key
  end: Key
  descending: false
}

/** How many results a search looks at. */
const MOST_RESULTS = 1_024

type Candidate = Match & ({ row: number } | { document: StoredDocument })

export class SearchReader implements RowReader {
  private readonly context: ReaderContext
  private readonly range: SearchRange
  private readonly rows: ReadRow[]
  private at = 0
  /** The walk would go on to results that a search does not look at. */
  private readonly isCut: boolean

  constructor(context: ReaderContext, range: SearchRange, wanted: number = MOST_RESULTS) {
    this.context = context
    this.range = range
    context.usage.charge('databaseQueries', 1)
    for (const interval of queryIntervals(range.search)) context.reads.add(range.search.index.id, interval)
    const ranked = rank(context, range.search)
    const unseen = ranked[MOST_RESULTS]
    this.isCut = unseen !== undefined && unseen.key < range.end
    const read = ranked.slice(0, MOST_RESULTS).filter(({ key }) => key >= range.start && key < range.end)
    this.rows = read.slice(0, wanted).map(({ key, match }) => ({ key, ...textOf(context, match) }))
  }

  next(): ReadRow | null {
    const row = this.rows[this.at++]
    if (!row) {
      if (this.isCut) throw tooMany(this.range.search)
      return null
    }
    this.context.usage.charge('documentsRead', 1)
    this.context.usage.charge('bytesRead', row.json.length)
    this.context.onRead()
    return row
  }
}

function rank(context: ReaderContext, query: SearchQuery): { key: Key; match: Candidate }[] {
  const { store } = context
  const { byId } = query.table
  const changed = changedDocuments(context, query)
  const hidden = [...changed.keys()].map((key) => store.rowOf(byId, key)).filter((row) => row !== undefined)
  const { corpus, matches } = store.search.find(query, hidden)
  const candidates: Candidate[] = matches
  for (const document of changed.values()) {
    const match = document && matchDocument(query, document.value)
    if (!document || !match) continue
    corpus.documents++
    corpus.length += match.length
    if (match.counts.some((count) => count > 0)) candidates.push({ ...match, document })
  }
  return scoreMatches(candidates, corpus)
}

/** Documents that this transaction sees otherwise than the disk has them, by the key of their id; null: not at all. */
function changedDocuments({ store, snapshotTs, pending }: ReaderContext, { table }: SearchQuery) {
  const changed = new Map<Key, StoredDocument | null>()
  for (const entry of store.log.after(snapshotTs)) {
    for (const [key, before] of entry.changes.get(table.byId.id) ?? []) {
      // The earliest commit after the snapshot holds what the snapshot saw.
      if (!changed.has(key)) changed.set(key, before === null ? null : parse(before))
    }
  }
  for (const [key, document] of pending?.index(table.byId.id)?.values ?? []) changed.set(key, document)
  return changed
}

function textOf({ store }: ReaderContext, match: Candidate): { json: string; value?: JsonObject } {
  return 'document' in match ? match.document : { json: store.readRow(match.row) }
}

function parse(json: string): StoredDocument {
  return { json, value: JSON.parse(json) as JsonObject }
}

function tooMany({ index }: SearchQuery): Error {
  return new Error(
    `Search query scanned too many documents (limit: ${MOST_RESULTS}, index ${index.tableName}.${index.name}). Consider using a smaller limit with .take(n), or narrowing the search with filters.`,
  )
}
