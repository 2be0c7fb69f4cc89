/** Turns text into the tokens it is streamed as: each word with the white space before it. Joined, they are the text. */

/** A word longer than this (a URL, a line of code) goes out in pieces, as a real tokenizer would send it. */
const LONGEST_TOKEN = 16

export function splitTokens(text: string): string[] {
  const pieces = text.match(/\s*\S+|\s+$/gu) ?? []
  return pieces.flatMap((piece) => {
    if (piece.length <= LONGEST_TOKEN) return [piece]
    const parts: string[] = []
    let part = ''
    // By code points: a token never ends in the middle of a surrogate pair.
    for (const character of piece) {
      if (part.length + character.length > LONGEST_TOKEN) {
        parts.push(part)
        part = ''
      }
      part += character
    }
    return part === '' ? parts : [...parts, part]
  })
}

export function countWords(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0
}
