/** Results of queries, shared by everyone who asks the same, until a commit touches what they read. */
import type { Call, Outcome, WatchedQuery } from '../backend.ts'
import type { EngineState } from '../engineState.ts'
import { resolvePath } from '../runtime/resolveFunction.ts'
import type { Subscription } from '../store/subscriptions.ts'
import { encodeKey } from '../values/encodeKey.ts'
import { normalizeArgs, refuseComponent } from './createExecution.ts'
import { hashResult, type QueryCall, type QueryRun, refusedOutcome, runQueryOnce } from './runQuery.ts'

interface Entry {
  keys: string[]
  outcome: Outcome
  hash: string
  journal: string | null
  ts: bigint
  valid: boolean
  watchers: Set<() => void>
  subscription: Subscription | null
  /** When a function looked at the clock, its result is not handed to newcomers for long. */
  staleForNewcomersAt: number
  size: number
}

/** Unwatched results that are kept. */
const MOST_IDLE = 1_024
const LARGEST_IDLE = 32 * 1024 * 1024
const TIME_RESULT_AGE_MS = 17_000
/** Commits that hit a query while it runs make it run again; after this many times its result is handed out as it is. */
const MOST_RERUNS = 5

export class QueryCache {
  private readonly state: EngineState
  private readonly entries = new Map<string, Entry>()
  private readonly standing = new Set<Entry>()
  private readonly running = new Map<string, Promise<Entry>>()
  private readonly idle = new Set<Entry>()
  private idleSize = 0
  /** Functions that were seen to ask who is calling: their results are kept apart by identity. */
  private readonly personal = new Set<string>()

  constructor(state: EngineState) {
    this.state = state
  }

  async watch(call: Call & { journal: string | null }, onInvalid: () => void): Promise<WatchedQuery> {
    const entry = await this.find(call)
    if (!entry.valid) queueMicrotask(onInvalid)
    else {
      entry.watchers.add(onInvalid)
      this.setIdle(entry, false)
    }
    return {
      outcome: entry.outcome,
      hash: entry.hash,
      journal: entry.journal,
      ts: entry.ts,
      isValid: () => entry.valid,
      release: () => {
        if (entry.watchers.delete(onInvalid) && entry.watchers.size === 0 && entry.valid) this.setIdle(entry, true)
      },
    }
  }

  /** The current result, for callers who do not watch. */
  async read(call: Call & { journal?: string | null }): Promise<{ outcome: Outcome; ts: bigint }> {
    const entry = await this.find({ ...call, journal: call.journal ?? null })
    if (entry.valid && entry.watchers.size === 0) this.setIdle(entry, true)
    return { outcome: entry.outcome, ts: entry.valid ? this.state.store.latestTs() : entry.ts }
  }

  /** Code or environment changed: nothing that was computed holds any more. */
  invalidateAll(): void {
    for (const entry of [...this.standing]) this.invalidate(entry)
    this.personal.clear()
  }

  private async find(call: Call & { journal: string | null }): Promise<Entry> {
    for (;;) {
      let prepared: QueryCall
      try {
        prepared = this.prepare(call)
      } catch (error) {
        return this.refusal(error)
      }
      const shared = keyOf(prepared, prepared.journal, false)
      const own = keyOf(prepared, prepared.journal, true)
      const known = this.usable(shared) ?? this.usable(own)
      if (known) return known
      const key = this.personal.has(prepared.info.name) ? own : shared
      const running = this.running.get(key)
      if (!running) return this.compute(key, prepared)
      const entry = await running
      // What another person's run gave is ours only when it did not depend on who asks.
      if (entry.keys.includes(shared) || entry.keys.includes(own)) return entry
    }
  }

  private prepare(call: Call & { journal: string | null }): QueryCall {
    refuseComponent(call.component)
    const info = resolvePath(this.state.version, call.path, 'query', call.admin === true)
    if (!this.state.version) throw new Error('No code is deployed yet.')
    const args = normalizeArgs(call.args)
    return { info, version: this.state.version, args, identity: call.identity, journal: call.journal }
  }

  private usable(key: string): Entry | undefined {
    const entry = this.entries.get(key)
    if (!entry?.valid) return undefined
    if (entry.watchers.size === 0 && this.state.clock.now() >= entry.staleForNewcomersAt) {
      this.drop(entry)
      return undefined
    }
    this.state.counters.cacheHits++
    return entry
  }

  private compute(key: string, call: QueryCall): Promise<Entry> {
    const running = this.run(call).finally(() => this.running.delete(key))
    this.running.set(key, running)
    return running
  }

  private async run(call: QueryCall): Promise<Entry> {
    for (let rerun = 0; ; rerun++) {
      const current = this.state.version
      const info = current?.functions.get(call.info.name)
      // A deploy came in between: the same function of the new version, or the old one when it is gone (invalid at once).
      const isCurrent = current !== null && info !== undefined && info.type === 'query'
      const used = isCurrent ? { ...call, info, version: current } : call
      const run = await runQueryOnce(this.state, used)
      const isValid = isCurrent && current === this.state.version && !run.tx.isStale()
      if (isValid || rerun >= MOST_RERUNS) return this.keep(run, used, isValid)
    }
  }

  private keep(run: QueryRun, call: QueryCall, valid: boolean): Entry {
    const { outcome, hash, journal, tx, observed } = run
    if (observed.identity) this.personal.add(call.info.name)
    // The same caller comes back with the journal that this run made: it must find this result.
    const journals = journal === null ? [call.journal] : [...new Set([call.journal, journal])]
    const entry: Entry = {
      keys: journals.map((each) => keyOf(call, each, observed.identity)),
      outcome,
      hash,
      journal,
      ts: valid ? this.state.store.latestTs() : tx.snapshotTs,
      valid,
      watchers: new Set(),
      subscription: null,
      staleForNewcomersAt: observed.time ? this.state.clock.now() + TIME_RESULT_AGE_MS : Number.POSITIVE_INFINITY,
      size: outcome.ok ? outcome.value.length + 200 : 400,
    }
    if (!valid) return entry
    entry.subscription = this.state.store.subscriptions.add(tx.reads, () => this.invalidate(entry))
    this.standing.add(entry)
    for (const key of entry.keys) {
      const older = this.entries.get(key)
      this.entries.set(key, entry)
      if (older && older !== entry && !older.keys.some((other) => this.entries.get(other) === older)) this.retire(older)
    }
    this.setIdle(entry, true)
    return entry
  }

  /** An entry that no key leads to any more, yet that may still be watched. */
  private retire(entry: Entry): void {
    if (entry.watchers.size === 0) this.drop(entry)
  }

  private refusal(error: unknown): Entry {
    const outcome = refusedOutcome(error)
    const text = outcome.ok ? '' : outcome.errorMessage.replace(/^\[Request ID: \w+\] /, '')
    const entry: Entry = {
      keys: [],
      outcome,
      hash: hashResult(`!${text}`, []),
      journal: null,
      ts: this.state.store.latestTs(),
      valid: true,
      watchers: new Set(),
      subscription: null,
      staleForNewcomersAt: 0,
      size: 0,
    }
    this.standing.add(entry)
    this.setIdle(entry, true)
    return entry
  }

  private invalidate(entry: Entry): void {
    if (!entry.valid) return
    this.drop(entry)
    const watchers = [...entry.watchers]
    entry.watchers.clear()
    for (const watcher of watchers) watcher()
  }

  private drop(entry: Entry): void {
    entry.valid = false
    entry.subscription?.cancel()
    this.standing.delete(entry)
    this.setIdle(entry, false)
    for (const key of entry.keys) if (this.entries.get(key) === entry) this.entries.delete(key)
  }

  private setIdle(entry: Entry, isIdle: boolean): void {
    if (this.idle.delete(entry)) this.idleSize -= entry.size
    if (!isIdle || !entry.valid) return
    this.idle.add(entry)
    this.idleSize += entry.size
    for (const oldest of this.idle) {
      if (oldest === entry || (this.idle.size <= MOST_IDLE && this.idleSize <= LARGEST_IDLE)) break
      this.drop(oldest)
    }
  }
}

/** `identity` takes part only when the result depends on it. */
function keyOf({ version, info, args, identity }: QueryCall, journal: string | null, isPersonal: boolean): string {
  return `${version.id}\n${info.name}\n${encodeKey(args)}\n${journal ?? ''}\n${isPersonal ? JSON.stringify(identity) : '*'}`
}
