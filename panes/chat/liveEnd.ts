// Where the live end of a conversation begins: the newest messages, which stand in the page's own flow and grow there. What lies before
// them is history, drawn as far as it is near (History.tsx). Pure.

/** More than this at the live end, and all but the newest become history, while nobody looks at them. */
const MOST_LIVE = 60
const KEPT_LIVE = 20

type Row = { messageId: string }

/** `beginId`: the first message of the live end so far; null: nothing has been shown yet. The answer is an index. */
export function findLiveEnd(rows: readonly Row[], beginId: string | null): number {
  if (beginId === null) return 0
  const at = rows.findIndex(({ messageId }) => messageId === beginId)
  // It is gone: another version is shown, or what came after an edited message was cut.
  return at === -1 ? Math.max(0, rows.length - KEPT_LIVE) : at
}

/** Null: it may stay as it is. */
export function shortenLiveEnd(rows: readonly Row[], from: number): number | null {
  return rows.length - from > MOST_LIVE ? rows.length - KEPT_LIVE : null
}

/** Messages came in above the first, and only there: what is seen keeps its distance from the end. */
export function isPrepended(before: readonly Row[], after: readonly Row[]): boolean {
  if (after.length <= before.length) return false
  const shift = after.length - before.length
  return before.length === 0 || (idAt(after, shift) === idAt(before, 0) && idAt(after, -1) === idAt(before, -1))
}

const idAt = (rows: readonly Row[], at: number) => rows.at(at)?.messageId
