// Which of a few texts are meant by what has been typed so far, and where the typed words are in a text. Pure.

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** Every typed word begins a word of the text. Names that begin with what was typed come first; the order given stays otherwise. */
export function findWords<T>(
  items: readonly T[],
  query: string,
  textOf: (item: T) => { name: string; besides?: string },
): T[] {
  const typed = wordsOf(query)
  if (typed.length === 0) return query.trim() === '' ? [...items] : []
  const scored = items.flatMap((item) => {
    const { name, besides = '' } = textOf(item)
    const named = scoreOf(wordsOf(name), typed)
    const score = named ?? (isIn([...wordsOf(name), ...wordsOf(besides)], typed) ? 2 : null)
    return score === null ? [] : [{ item, score }]
  })
  return scored.toSorted((a, b) => a.score - b.score).map(({ item }) => item)
}

function scoreOf(words: readonly string[], typed: readonly string[]): 0 | 1 | null {
  if (!isIn(words, typed)) return null
  const first = typed[0] ?? ''
  return words[0]?.startsWith(first) === true ? 0 : 1
}

const isIn = (words: readonly string[], typed: readonly string[]): boolean =>
  typed.every((start) => words.some((word) => word.startsWith(start)))

export type MarkedText = { text: string; isMarked: boolean }

/** The text in pieces; those that begin like a typed word are marked. Together the pieces are the text. */
export function markWords(text: string, query: string): MarkedText[] {
  const typed = wordsOf(query)
  const pieces: MarkedText[] = []
  let from = 0
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (!typed.some((start) => plain(word).startsWith(start))) continue
    if (index > from) pieces.push({ text: text.slice(from, index), isMarked: false })
    pieces.push({ text: word, isMarked: true })
    from = index + word.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isMarked: false })
  return pieces
}
