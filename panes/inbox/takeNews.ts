// What of a list is new since it was last looked at. Pure.

export type Listed = { id: string; at: number }
export type Seen = { ids: ReadonlySet<string>; newestAt: number }

/**
 * The first look finds nothing new. A list that holds only the first hundred shows older ones when one of them goes: these are not
 * news, so whatever is older than the newest seen is not either.
 */
export function takeNews<T extends Listed>(seen: Seen | null, listed: readonly T[]): { seen: Seen; news: T[] } {
  const news = seen === null ? [] : listed.filter(({ id, at }) => !seen.ids.has(id) && at >= seen.newestAt)
  return {
    seen: {
      ids: new Set([...(seen?.ids ?? []), ...listed.map(({ id }) => id)]),
      newestAt: Math.max(seen?.newestAt ?? 0, ...listed.map(({ at }) => at)),
    },
    news,
  }
}
