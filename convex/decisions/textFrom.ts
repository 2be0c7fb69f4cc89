/** What a reader that has everything before `from` is still to get. */
import type { TextRow } from './planAppend.ts'

/** `rows`: from the one that holds `from` on. A reader that claims more than there is begins anew. */
export function textFrom(rows: readonly TextRow[], from: number): { from: number; text: string } {
  const start = rows[0]?.start ?? 0
  const known = rows.map((row) => row.text).join('')
  const skip = from - start
  if (skip < 0 || skip > known.length) return { from: start, text: known }
  // Never half a character, should a reader have stopped in the middle of one.
  const back = skip > 0 && /[\uD800-\uDBFF]/.test(known.charAt(skip - 1)) ? 1 : 0
  return { from: from - back, text: known.slice(skip - back) }
}
