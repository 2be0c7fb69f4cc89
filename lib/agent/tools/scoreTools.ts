/** How well each tool fits a message, by its words (BM25+). */
import MiniSearch from 'minisearch'
import { messageWords, wordsOf } from './messageWords.ts'
import type { Registry } from './registry.ts'

interface Entry {
  id: string
  name: string
  keywords: string
  description: string
}

/** Shorter beginnings of words say too little. */
const LEAST_PREFIX = 4

function buildIndex(registry: Registry): MiniSearch<Entry> {
  const index = new MiniSearch<Entry>({
    fields: ['name', 'keywords', 'description'],
    tokenize: wordsOf,
    processTerm: (term) => term,
    searchOptions: {
      boost: { name: 3, keywords: 3 },
      prefix: (term) => term.length >= LEAST_PREFIX,
      weights: { prefix: 0.4, fuzzy: 0 },
    },
  })
  for (const { name, keywords, description } of registry.values()) {
    index.add({ id: name, name, keywords: keywords.join(' '), description })
  }
  return index
}

/** A registry does not change once it is made. */
const indexes = new WeakMap<Registry, MiniSearch<Entry>>()

function indexOf(registry: Registry): MiniSearch<Entry> {
  const known = indexes.get(registry) ?? buildIndex(registry)
  indexes.set(registry, known)
  return known
}

/** Only tools that fit at all are in it. */
export function scoreTools(message: string, registry: Registry): Map<string, number> {
  const query = messageWords(message).join(' ')
  const hits = query === '' ? [] : indexOf(registry).search(query)
  return new Map(hits.map(({ id, score }) => [String(id), score]))
}
