/** The recent commits, kept in memory: to find conflicts, and to read the state as it was. */
import type { Key } from '../values/encodeKey.ts'

export interface LogEntry {
  ts: bigint
  atMs: number
  /** Index id → key → the document's text before this commit at that key, or null when there was none. */
  changes: Map<number, Map<Key, string | null>>
}

/** How long the past stays readable. */
export const RETENTION_MS = 30_000
/** Above this many characters of old documents, only what active readers need is kept. */
const LARGEST_LOG = 64 * 1024 * 1024

export class WriteLog {
  private entries: LogEntry[] = []
  private size = 0
  private readonly readers = new Map<bigint, number>()
  /** Timestamps below this one can no longer be read. */
  oldestReadable: bigint
  /** Rises with every commit. */
  version = 0

  constructor(startTs: bigint) {
    this.oldestReadable = startTs
  }

  append(entry: LogEntry): void {
    this.entries.push(entry)
    this.size += sizeOf(entry)
    this.version++
    this.trim(entry.atMs)
  }

  /** The commits after `ts`, oldest first. */
  after(ts: bigint): readonly LogEntry[] {
    const last = this.entries[this.entries.length - 1]
    if (!last || last.ts <= ts) return []
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.entries[middle]?.ts ?? 0n) > ts) high = middle
      else low = middle + 1
    }
    return this.entries.slice(low)
  }

  hasAfter(ts: bigint): boolean {
    return (this.entries[this.entries.length - 1]?.ts ?? 0n) > ts
  }

  /** Keeps what a reader at `ts` needs until the returned function is called. */
  hold(ts: bigint): () => void {
    this.readers.set(ts, (this.readers.get(ts) ?? 0) + 1)
    let held = true
    return () => {
      if (!held) return
      held = false
      const count = (this.readers.get(ts) ?? 1) - 1
      if (count > 0) this.readers.set(ts, count)
      else this.readers.delete(ts)
    }
  }

  private trim(nowMs: number): void {
    let count = 0
    for (const entry of this.entries) {
      const old = entry.atMs < nowMs - RETENTION_MS
      if (!(old || this.size > LARGEST_LOG) || this.isNeeded(entry.ts)) break
      this.size -= sizeOf(entry)
      this.oldestReadable = entry.ts
      count++
    }
    if (count > 0) this.entries.splice(0, count)
  }

  private isNeeded(ts: bigint): boolean {
    for (const reader of this.readers.keys()) if (reader < ts) return true
    return false
  }
}

function sizeOf(entry: LogEntry): number {
  let size = 0
  for (const keys of entry.changes.values())
    for (const [key, before] of keys) size += key.length + (before?.length ?? 0)
  return size
}
