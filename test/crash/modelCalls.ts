/** What the provider's journal says about model calls: pure. */

export interface ModelCall {
  turnId: string
  /** Milliseconds; `to` is infinite for a call that has no end in the journal. */
  from: number
  to: number
}

/** A kill is over at once; a freeze lasts. Milliseconds. */
export interface Strike {
  from: number
  to: number
}

/**
 * A call counts as hit when it ran at the kill, or had ended so shortly before that its result was not yet committed, or began so
 * shortly after that it was asked for before.
 */
const MARGIN_MS = 500

export function countHits(calls: readonly ModelCall[], strikes: readonly Strike[]): number {
  return strikes.reduce(
    (sum, strike) =>
      sum + calls.filter(({ from, to }) => from - MARGIN_MS <= strike.to && strike.from <= to + MARGIN_MS).length,
    0,
  )
}

export function countPerTurn(calls: readonly ModelCall[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { turnId } of calls) counts.set(turnId, (counts.get(turnId) ?? 0) + 1)
  return counts
}
