// A list that loses nothing while it is looked at: what has ended stays in its place, to say how, and what is new comes last. Pure.

export type Kept<T> = { id: string; value: T; isListed: boolean }

export function keepListed<T>(
  before: readonly Kept<T>[],
  listed: readonly T[],
  idOf: (value: T) => string,
): readonly Kept<T>[] {
  const left = new Map(listed.map((value) => [idOf(value), value]))
  const kept = before.map((item) => {
    const value = left.get(item.id)
    left.delete(item.id)
    return value === undefined ? { ...item, isListed: false } : { ...item, value, isListed: true }
  })
  return [...kept, ...[...left].map(([id, value]) => ({ id, value, isListed: true }))]
}
