/** What a transaction wants to write: by document for the commit, by index key for its own reads; with savepoints. */

import { type Index, indexKey, type Table } from '../store/catalog.ts'
import type { StoredDocument, Write } from '../store/createStore.ts'
import type { Key } from '../values/encodeKey.ts'

/** The pending state of one index: null means “deleted”. */
export class PendingIndex {
  readonly values = new Map<Key, StoredDocument | null>()
  /** Sorted. */
  readonly keys: Key[] = []
  version = 0

  set(key: Key, document: StoredDocument | null | undefined): void {
    this.version++
    if (document === undefined) {
      if (this.values.delete(key)) this.keys.splice(lowerBound(this.keys, key), 1)
      return
    }
    if (!this.values.has(key)) {
      const last = this.keys[this.keys.length - 1]
      if (last === undefined || last < key) this.keys.push(key)
      else this.keys.splice(lowerBound(this.keys, key), 0, key)
    }
    this.values.set(key, document)
  }
}

/** The position of the first key that is not below `key`. */
export function lowerBound(keys: readonly Key[], key: Key): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}

export class PendingWrites {
  private readonly byDocument = new Map<string, Write>()
  private readonly byIndex = new Map<number, PendingIndex>()
  /** How to take back what was done since the oldest open savepoint. */
  private undo: (() => void)[] = []
  private savepoints = 0

  get size(): number {
    return this.byDocument.size
  }

  writes(): Iterable<Write> {
    return this.byDocument.values()
  }

  index(id: number): PendingIndex | undefined {
    return this.byIndex.get(id)
  }

  find(table: Table, id: string): Write | undefined {
    return this.byDocument.get(`${table.byId.id}/${id}`)
  }

  /** `current` is the document as this transaction sees it now. */
  put(table: Table, id: string, current: StoredDocument | null, after: StoredDocument | null): void {
    const name = `${table.byId.id}/${id}`
    const existing = this.byDocument.get(name)
    this.byDocument.set(name, { table, id, before: existing ? existing.before : current, after })
    if (this.savepoints > 0) {
      this.undo.push(() => {
        if (existing) this.byDocument.set(name, existing)
        else this.byDocument.delete(name)
      })
    }
    for (const index of table.indexes) {
      const oldKey = current ? indexKey(index, current.value) : null
      const newKey = after ? indexKey(index, after.value) : null
      if (oldKey !== null && oldKey !== newKey) this.setKey(index, oldKey, null)
      if (newKey !== null) this.setKey(index, newKey, after)
    }
  }

  /** Everything done until `commit` or `rollback` is called can be taken back as one. */
  savepoint(): { commit(): void; rollback(): void } {
    const mark = this.undo.length
    this.savepoints++
    const close = () => {
      this.savepoints--
      if (this.savepoints === 0) this.undo = []
    }
    return {
      commit: close,
      rollback: () => {
        for (const step of this.undo.splice(mark).reverse()) step()
        close()
      },
    }
  }

  private setKey(index: Index, key: Key, document: StoredDocument | null): void {
    let pending = this.byIndex.get(index.id)
    if (!pending) {
      pending = new PendingIndex()
      this.byIndex.set(index.id, pending)
    }
    if (this.savepoints > 0) {
      const target = pending
      const previous = target.values.get(key)
      this.undo.push(() => target.set(key, previous))
    }
    pending.set(key, document)
  }
}
