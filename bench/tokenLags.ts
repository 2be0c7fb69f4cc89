/** From when the model sent a token to when a page had it. Pure: the model's schedule and what the page saw, by time. */

/** How much of a reply a page had, at a time (ms since the epoch). */
export interface Sight {
  at: number
  /** UTF-16 units. */
  length: number
}

export interface Schedule {
  /** When the first token was sent (the model's journal). */
  firstAt: number
  tokensPerSecond: number
}

/** The local model sends by an absolute schedule: token i at `firstAt + i / tokensPerSecond`. */
export const sentAt = ({ firstAt, tokensPerSecond }: Schedule, index: number) =>
  firstAt + (index * 1000) / tokensPerSecond

/** One lag for each token. A token the page never had is an error: a lag cannot be told for it. */
export function tokenLags(tokens: readonly string[], schedule: Schedule, sights: readonly Sight[]): number[] {
  let length = 0
  let next = 0
  return tokens.map((token, index) => {
    length += token.length
    while (next < sights.length && (sights[next]?.length ?? 0) < length) next += 1
    const sight = sights[next]
    if (!sight)
      throw new Error(`Token ${index} of ${tokens.length} (up to character ${length}) never reached the page.`)
    return sight.at - sentAt(schedule, index)
  })
}
