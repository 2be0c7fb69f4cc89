/** The one sentence that people approve a call by: a line of plain text. What a model wrote into it must not break out of the line or read backwards. */

const MOST_CHARS = 300

const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu
/** Direction marks and other characters without a shape, of which only the joiner of emoji is of use. */
const invisible = /(?!\u200d)\p{Cf}/gu

export function tidySummary(text: string): string {
  const line = text.toWellFormed().replace(invisible, '').replace(breaks, ' ').trim()
  if (line.length <= MOST_CHARS) return line
  const head = line.slice(0, MOST_CHARS - 1)
  // The cut may have gone through a pair.
  return `${head.isWellFormed() ? head : head.slice(0, -1)}…`
}
