// Where a key leads in a list that is one stop of Tab. Pure.

/** The place to go to; null: the key is not one of the list's. It ends at its ends: going round would hide where one is. */
export function moveInList(key: string, at: number, count: number): number | null {
  if (count === 0) return null
  const place = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[key]
  return place === undefined ? null : Math.min(Math.max(place, 0), count - 1)
}
