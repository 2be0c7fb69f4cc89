/** Up to where a summary is due: what lies before the newest turns, when it has become much. */

/** The newest turns stay as they are, as far as half of the budget holds them. */
const keptTurns = 20
/** Rows before them. With the kept turns they are all that a prompt holds: nothing is left out before its summary is asked for. */
const foldedRows = 60
/** Tokens before them, as a share of the budget. */
const foldedShare = 3 / 8

export interface SeenRow {
  settledSeq: number
  tokens: number
}

/** `newestFirst`: the rows since the last summary, as far as they were read. A turn is never taken apart. Null: not yet. */
export function chooseFold(newestFirst: readonly SeenRow[], isTruncated: boolean, budget: number): number | null {
  let turns = 0
  let seq = Number.NaN
  let uptoSettled: number | null = null
  let kept = 0
  let rows = 0
  let tokens = 0
  for (const row of newestFirst) {
    const at = Math.floor(row.settledSeq / 2)
    if (at !== seq) {
      turns += 1
      seq = at
      if (uptoSettled === null && (turns > keptTurns || (turns > 1 && kept >= budget / 2))) uptoSettled = at * 2 + 1
    }
    if (uptoSettled === null) kept += row.tokens
    else {
      rows += 1
      tokens += row.tokens
    }
  }
  return isTruncated || rows >= foldedRows || tokens >= budget * foldedShare ? uptoSettled : null
}
