/** Text → the terms that are indexed and searched: lower-case words of letters and digits, in order, repeats included. */

const words = /[\p{Alphabetic}\p{N}]+/gu
/** In UTF-8. Longer words are left out, of texts and of queries alike. */
const LONGEST_TERM_BYTES = 32

export function tokenize(text: string): string[] {
  return (text.match(words) ?? [])
    .filter((word) => Buffer.byteLength(word) <= LONGEST_TERM_BYTES)
    .map((word) => word.toLowerCase())
}
