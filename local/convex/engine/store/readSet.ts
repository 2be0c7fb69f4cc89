/** What a function has read, as key intervals of indexes. */
import type { Key } from '../values/encodeKey.ts'
import type { LogEntry } from './writeLog.ts'

/** `start` is inside, `end` is not. A running scan widens its interval as it consumes. */
export interface Interval {
  start: Key
  end: Key
}

/** Stands for “which tables exist” where an index id is expected; the key is the table's name. */
export const TABLE_NAMES = -1

export function tableNameKey(component: string, name: string): Key {
  return `${component}/${name}`
}

export class ReadSet {
  readonly byIndex = new Map<number, Interval[]>()
  private sorted = false

  add(index: number, interval: Interval): Interval {
    const intervals = this.byIndex.get(index)
    if (intervals) intervals.push(interval)
    else this.byIndex.set(index, [interval])
    this.sorted = false
    return interval
  }

  /** Sorted, empty ones left out, overlapping ones joined. Call only when no scan is running any more. */
  normalize(): void {
    if (this.sorted) return
    for (const [index, intervals] of this.byIndex) this.byIndex.set(index, joined(intervals))
    this.sorted = true
  }

  touches(entry: LogEntry): boolean {
    this.normalize()
    for (const [index, keys] of entry.changes) {
      const intervals = this.byIndex.get(index)
      if (!intervals) continue
      for (const key of keys.keys()) if (covers(intervals, key)) return true
    }
    return false
  }
}

function joined(intervals: Interval[]): Interval[] {
  const result: Interval[] = []
  const ordered = intervals.filter(({ start, end }) => start < end)
  ordered.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
  for (const interval of ordered) {
    const last = result[result.length - 1]
    if (!last || interval.start > last.end) result.push({ ...interval })
    else if (interval.end > last.end) last.end = interval.end
  }
  return result
}

/** Binary search over sorted, disjoint intervals. */
function covers(intervals: readonly Interval[], key: Key): boolean {
  let low = 0
  let high = intervals.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const interval = intervals[middle]
    if (interval && interval.start <= key) low = middle + 1
    else high = middle
  }
  const candidate = intervals[low - 1]
  return candidate !== undefined && key < candidate.end
}
