/** Another order of the messages that wait. */

export interface Queued {
  id: string
  position: number
}

/**
 * `moving` goes before `before`; null: to the end. The positions that the queue has are dealt out anew, so that no order wears them out.
 * The changes alone; null: one of the two is not in the queue.
 */
export function planQueueMove(queue: readonly Queued[], moving: string, before: string | null): Queued[] | null {
  const ordered = queue.toSorted((a, b) => a.position - b.position)
  const moved = ordered.find(({ id }) => id === moving)
  if (!moved || (before !== null && !ordered.some(({ id }) => id === before))) return null
  if (before === moving) return []
  const others = ordered.filter(({ id }) => id !== moving)
  const place = before === null ? others.length : others.findIndex(({ id }) => id === before)
  return others.toSpliced(place, 0, moved).flatMap(({ id, position }, index) => {
    const given = ordered[index]?.position ?? position
    return given === position ? [] : [{ id, position: given }]
  })
}
