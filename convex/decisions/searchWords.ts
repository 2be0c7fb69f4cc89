/** The words of a text that are worth looking for. */

/** Full-text search takes this many. */
const mostWords = 16
/** A shorter word says little, unless there are no others; the index itself leaves out words longer than 32. */
const shortest = 3
const longest = 32
/** The beginning of a long message says what it is about. */
const readChars = 4_000

/** Long words first: they are rare, and say more than short ones in every language. '': there is nothing to look for. */
export function searchWords(text: string): string {
  const words = wordsOf(text)
  const telling = words.filter((word) => word.length >= shortest)
  return [...new Set(telling.length > 0 ? telling : words)]
    .toSorted((a, b) => b.length - a.length)
    .slice(0, mostWords)
    .join(' ')
}

/** As typed: full-text search takes the last word for the beginning of one, so it stays the last. '': there is nothing to look for. */
export function typedWords(text: string): string {
  const words = [...new Set(wordsOf(text).toReversed())].slice(0, mostWords)
  return words.toReversed().join(' ')
}

function wordsOf(text: string): string[] {
  return text
    .slice(0, readChars)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, longest).toWellFormed())
}
