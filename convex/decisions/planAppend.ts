/** Where appended text goes: into the open row, into new rows, or nowhere because it does not fit. Offsets count UTF-16 units. */

/** A row is closed at this length, so that a reader re-reads at most so much. */
export const closedAtChars = 4096

export interface TextRow {
  start: number
  text: string
}

export type AppendPlan =
  | {
      kind: 'ok'
      end: number
      /** The open row's new text. */
      grow: string | null
      /** New rows behind it. */
      add: TextRow[]
    }
  | { kind: 'gap'; end: number }

/** `rows`: the stream's last rows, in order, from the one that holds `offset` on; at least the last one, if there is any. */
export function planAppend(rows: readonly TextRow[], offset: number, text: string): AppendPlan {
  const last = rows.at(-1)
  const end = last ? last.start + last.text.length : 0
  if (offset !== end) {
    return isRepeat(rows, offset, text, end) ? { kind: 'ok', end, grow: null, add: [] } : { kind: 'gap', end }
  }
  let rest = text
  let grow: string | null = null
  if (last && last.text.length < closedAtChars && rest !== '') {
    const cut = cutAt(rest, closedAtChars - last.text.length)
    grow = last.text + rest.slice(0, cut)
    rest = rest.slice(cut)
  }
  const add: TextRow[] = []
  while (rest !== '') {
    const cut = cutAt(rest, closedAtChars)
    add.push({ start: end + text.length - rest.length, text: rest.slice(0, cut) })
    rest = rest.slice(cut)
  }
  return { kind: 'ok', end: end + text.length, grow, add }
}

/** The same write again (its answer was lost): every unit is there already, and the same. */
function isRepeat(rows: readonly TextRow[], offset: number, text: string, end: number): boolean {
  const first = rows[0]
  if (text === '' || !first || !Number.isSafeInteger(offset)) return false
  if (offset < first.start || offset + text.length > end) return false
  const known = rows.map((row) => row.text).join('')
  return known.startsWith(text, offset - first.start)
}

/** At most `max` units (at least one character), and never between the halves of one. */
function cutAt(text: string, max: number): number {
  if (text.length <= max) return text.length
  const isHigh = /[\uD800-\uDBFF]/.test(text.charAt(max - 1))
  if (!isHigh) return max
  return max > 1 ? max - 1 : 2
}
