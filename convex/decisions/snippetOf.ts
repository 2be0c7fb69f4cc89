/** The place in a text where a search hit it. */

const snippetChars = 200

/** About 200 characters around the first of the words, in one line; the beginning when none is there as written. */
export function snippetOf(text: string, words: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const folded = line.toLowerCase()
  // Some letters change their length with their case: then places differ, and the beginning will do.
  const places = folded.length === line.length ? words.split(' ').map((word) => (word ? folded.indexOf(word) : -1)) : []
  const found = places.filter((place) => place >= 0)
  const hit = found.length > 0 ? Math.min(...found) : 0
  const start = line.length <= snippetChars ? 0 : Math.max(0, Math.min(hit - 60, line.length - snippetChars))
  const end = Math.min(line.length, start + snippetChars)
  const cut = line
    .slice(start, end)
    .toWellFormed()
    .replace(/^\uFFFD|\uFFFD$/g, '')
  return `${start > 0 ? '…' : ''}${cut}${end < line.length ? '…' : ''}`
}
