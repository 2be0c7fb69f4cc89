// What of the unread threads came while the person was away. Pure.

export type UnreadThread = { threadId: string; title: string; repliedAt: number }

/** Shorter than this is a glance at another window (ms). */
const AWAY_MS = 5 * 60_000
/** The database's clock and this device's need not agree (ms). */
const CLOCKS_MS = 5_000

/** `leftAt` (ms): when the page was last before the person's eyes here; null: never on this device. */
export type Absence = { leftAt: number; backAt: number }

/** A visit that begins is one however short the absence was: the page was closed. */
export function absenceOf(leftAt: number | null, backAt: number, isNewVisit: boolean): Absence | null {
  if (leftAt === null || leftAt > backAt) return null
  return isNewVisit || backAt - leftAt >= AWAY_MS ? { leftAt, backAt } : null
}

/** What replied in between and is not on screen. What comes later is told by its mark in the list alone. */
export function awayNews<T extends UnreadThread>(
  unread: readonly T[],
  { leftAt, backAt }: Absence,
  shown: ReadonlySet<string>,
): T[] {
  return unread.filter(
    ({ threadId, repliedAt }) => repliedAt > leftAt && repliedAt <= backAt + CLOCKS_MS && !shown.has(threadId),
  )
}
