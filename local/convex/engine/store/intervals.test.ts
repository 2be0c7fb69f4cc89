/** Interval tree and read sets against the obvious way of doing it. */
import { expect, it } from 'vitest'
import { seededRandom } from '../../../kernel/seededRandom.ts'
import { IntervalTree } from './intervalTree.ts'
import { ReadSet } from './readSet.ts'

const key = (n: number) => n.toString(36).padStart(3, '0')

it('[RS2] the interval tree finds exactly the intervals that contain a key, while they come and go', () => {
  const random = seededRandom(3)
  const tree = new IntervalTree<number>()
  const live = new Map<number, { start: string; end: string; remove: () => void }>()
  for (let step = 0; step < 4_000; step++) {
    if (random() < 0.6 || live.size === 0) {
      const from = Math.floor(random() * 2_000)
      const [start, end] = [key(from), key(from + 1 + Math.floor(random() ** 4 * 300))]
      live.set(step, { start, end, remove: tree.add(start, end, step) })
    } else {
      const [id, interval] = [...live][Math.floor(random() * live.size)] ?? [-1, undefined]
      interval?.remove()
      interval?.remove()
      live.delete(id)
    }
    if (step % 20 !== 0) continue
    const probe = key(Math.floor(random() * 2_300))
    const found = new Set<number>()
    tree.collect(probe, found)
    const expected = [...live].filter(([, { start, end }]) => start <= probe && probe < end).map(([id]) => id)
    expect([...found].sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b))
  }
  expect(tree.size).toBe(live.size)
})

it('[TX1] a read set is touched exactly by keys inside its intervals', () => {
  const random = seededRandom(5)
  for (let round = 0; round < 50; round++) {
    const reads = new ReadSet()
    const intervals = Array.from({ length: 20 }, () => {
      const from = Math.floor(random() * 500)
      return { start: key(from), end: key(from + Math.floor(random() * 20)) }
    })
    for (const interval of intervals) reads.add(1, { ...interval })
    for (let probe = 0; probe < 530; probe += 7) {
      const entry = { ts: 1n, atMs: 0, changes: new Map([[1, new Map([[key(probe), null]])]]) }
      expect(reads.touches(entry)).toBe(intervals.some(({ start, end }) => start <= key(probe) && key(probe) < end))
      expect(reads.touches({ ...entry, changes: new Map([[2, new Map([[key(probe), null]])]]) })).toBe(false)
    }
  }
})
