/** Relevance: BM25 over the documents that pass the filters, equal scores by newest. */
import { encodeKey, type Key } from '../values/encodeKey.ts'
import type { Match } from './searchQuery.ts'

/** How soon repeating a word stops to help, and how much a long text is held against it: the usual constants. */
const SATURATION = 1.2
const LENGTH_SHARE = 0.75

/** The documents that pass the filters, matching or not. */
export interface Corpus {
  documents: number
  /** Terms of all of them. */
  length: number
}

/** Each match with its place: ascending keys are the order of relevance. */
export function scoreMatches<M extends Match>(matches: readonly M[], corpus: Corpus): { key: Key; match: M }[] {
  const averageLength = corpus.length / Math.max(1, corpus.documents)
  const termCount = matches[0]?.counts.length ?? 0
  const weights = Array.from({ length: termCount }, (_, term) => {
    const having = matches.reduce((sum, { counts }) => sum + ((counts[term] ?? 0) > 0 ? 1 : 0), 0)
    return Math.log(1 + (corpus.documents - having + 0.5) / (having + 0.5))
  })
  const scored = matches.map((match) => {
    const damping = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * match.length) / averageLength)
    const score = match.counts.reduce(
      (sum, count, term) => sum + ((weights[term] ?? 0) * count * (SATURATION + 1)) / (count + damping),
      0,
    )
    return { score, match }
  })
  scored.sort((a, b) => b.score - a.score || b.match.creationTime - a.match.creationTime)
  return scored.map(({ score, match }) => ({ key: encodeKey(-score) + encodeKey(-match.creationTime), match }))
}
