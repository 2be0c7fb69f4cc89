/** A tool's result as JSON text of bounded length: the model reads it, and it is kept in the reply. */

const MOST_OUTPUT_CHARS = 50_000
/** To which texts in it are cut, the first that is enough. */
const CUTS = [40_000, 20_000, 10_000, 4_000, 1_000, 200]

/** Says how much is missing, so that the model does not take the part for the whole. */
function cut(text: string, most: number): string {
  const head = text.slice(0, most)
  const kept = head.isWellFormed() || !text.isWellFormed() ? head : head.slice(0, -1)
  return `${kept}… [${text.length - kept.length} more characters were left out here]`
}

/** Throws when there is too much of it that is no text. */
export function boundOutput(result: unknown): string {
  // What JSON cannot say (a function, undefined) is no result.
  const whole = JSON.stringify(result) ?? 'null'
  if (whole.length <= MOST_OUTPUT_CHARS) return whole
  for (const most of CUTS) {
    const shorter = JSON.stringify(result, (_key, value: unknown) =>
      typeof value === 'string' && value.length > most ? cut(value, most) : value,
    )
    if (shorter.length <= MOST_OUTPUT_CHARS) return shorter
  }
  throw new Error(`The answer of ${whole.length} characters is too long to read. Ask for less.`)
}
