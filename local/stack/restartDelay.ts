/** How long a part that died waits before it is started again. Pure. */
export interface Death {
  /** It answered its health check before it died. */
  hadServed: boolean
  signal: NodeJS.Signals | null
  /** Deaths in a row, this one included, since it last served for a while. */
  deathsInRow: number
}

const FIRST_MS = 200
const LONGEST_MS = 5_000
/** A part that served this long has recovered: its earlier deaths no longer slow its restart. */
export const RECOVERED_AFTER_MS = 10_000

/** Killed from outside while it served: at once, it is not its own fault. Died by itself: 0.2 s, doubling up to 5 s. */
export function computeRestartDelay({ hadServed, signal, deathsInRow }: Death): number {
  if (hadServed && signal !== null) return 0
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, deathsInRow - 1))
}
