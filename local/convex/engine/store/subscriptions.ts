/** Who has to be told when a key changes: watched read sets, by index. */
import { IntervalTree } from './intervalTree.ts'
import type { ReadSet } from './readSet.ts'
import type { LogEntry } from './writeLog.ts'

export interface Subscription {
  cancel(): void
}

export class Subscriptions {
  private readonly trees = new Map<number, IntervalTree<() => void>>()

  /** `onHit` fires at most once, at the first commit that touches the read set. */
  add(reads: ReadSet, onHit: () => void): Subscription {
    reads.normalize()
    let active = true
    const removals: (() => void)[] = []
    const cancel = () => {
      active = false
      for (const remove of removals.splice(0)) remove()
    }
    const hit = () => {
      if (!active) return
      cancel()
      onHit()
    }
    for (const [index, intervals] of reads.byIndex) {
      const tree = this.treeOf(index)
      for (const { start, end } of intervals) removals.push(tree.add(start, end, hit))
    }
    return { cancel }
  }

  notify(entry: LogEntry): void {
    const hits = new Set<() => void>()
    for (const [index, keys] of entry.changes) {
      const tree = this.trees.get(index)
      if (tree) for (const key of keys.keys()) tree.collect(key, hits)
    }
    for (const hit of hits) hit()
  }

  private treeOf(index: number): IntervalTree<() => void> {
    const existing = this.trees.get(index)
    if (existing) return existing
    const tree = new IntervalTree<() => void>()
    this.trees.set(index, tree)
    return tree
  }
}
