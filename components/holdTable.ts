// A table that has just been begun is held back until its first row is there: a moment, at the end of a text that is being written. It would
// be lines of bars and dashes until then, and how wide its columns are would not be known (tableColumns.ts). Pure.

/** Under the heading; also the beginning of it. */
const rule = /^\|[\s:|-]*$/
/** Signs. Heading, rule and row are hardly longer; if they are, nothing is held back. */
const LOOK_BACK = 2_000

/** What may be drawn of it. */
export function holdTable(text: string): string {
  const lines = text.slice(-LOOK_BACK).split('\n')
  const isLineWhole = lines.at(-1) === '' && lines.pop() === ''
  const begun = lines.slice(lines.findLastIndex((line) => !line.startsWith('|')) + 1)
  const [, second, third] = begun
  const isTable = begun.length > 0 && (second === undefined || rule.test(second))
  const isHeld = isTable && begun.length <= 3 && !(third !== undefined && isLineWhole)
  return isHeld ? text.slice(0, text.length - begun.join('\n').length - (isLineWhole ? 1 : 0)) : text
}
