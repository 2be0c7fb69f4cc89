/** What the engine's parts share: the stores, the clock and the dice, handed in so that tests can hold them. */
import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Database } from '../../kernel/openDatabase.ts'
import { type AppStore, createAppStore } from '../store/appStore.ts'
import { createEventStore, type EventStore } from '../store/eventStore.ts'
import { createQueueStore, type QueueStore } from '../store/queueStore.ts'
import { createRunStore, type RunStore } from '../store/runStore.ts'
import type { RetryPolicy } from './retryPolicy.ts'
import { createSlots, type Slots } from './slots.ts'

export interface Behaviour {
  policy: RetryPolicy
  /** Longest random delay of a run's start, so that runs start in any order. 0: in order. */
  startJitterMs: number
  /** How likely a received answer is treated as lost (the call is delivered again). */
  loseAnswer: number
  /** How likely a run is checkpointed. */
  checkpointing: number
  /** A call younger than this passes the generation fence even when it is stale. */
  fenceGraceMs: number
  /** Calls in flight at once; the rest waits. */
  maxInFlight: number
  /** Runs at once that have been woken from a sleep and have not been answered since; the rest sleeps on. */
  mostWaking: number
}

export interface Core {
  db: Database
  apps: AppStore
  events: EventStore
  runs: RunStore
  queue: QueueStore
  slots: Slots
  clock: Clock
  /** The machine's time, which `clock` may be moved away from: signatures and answers of apps go by it. */
  wallNow: () => number
  /** A new ULID; ids sort by time. */
  newId: () => string
  /** 0 ≤ x < 1, seeded. */
  random: () => number
  behaviour: Behaviour
  log: Log
}

export type CoreDeps = Pick<Core, 'db' | 'clock' | 'wallNow' | 'newId' | 'random' | 'behaviour' | 'log'>

export function createCore(deps: CoreDeps): Core {
  const { db } = deps
  const stores = {
    apps: createAppStore(db),
    events: createEventStore(db),
    runs: createRunStore(db),
    queue: createQueueStore(db),
  }
  return { ...deps, ...stores, slots: createSlots() }
}

/** Slots became free: whoever waits first for each may try again. Inside the caller's transaction. */
export function wakeBlocked({ queue }: Core, keys: string[]): void {
  for (const key of keys) queue.unblockFirst(key)
}
