/** Keeps one session's queries live: re-runs what is stale, and sends all results as of one moment in one transition. */
import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../auth/authenticator.ts'
import type { Backend } from '../engine/backend.ts'
import type { ClockFields } from './protocol.ts'
import { callOf } from './requestRunner.ts'
import type { SessionLink } from './sessionLink.ts'
import { splitTransition } from './splitTransition.ts'
import {
  completeTransition,
  type LiveQuery,
  type Plan,
  planTransition,
  type SyncState,
  staleQueries,
} from './syncState.ts'

/** A slow reader gets fewer and newer states, never a growing queue. */
const MAX_UNSENT_TRANSITIONS = 2
const MAX_BUFFERED_BYTES = 1024 * 1024
/** Rounds of re-running what was invalidated meanwhile, before the session settles for one earlier moment. */
const MAX_ROUNDS = 4

export interface TransitionLoop {
  /** Something changed: a transition follows, after everything else of this tick. */
  want(): void
  /** Goes on when bytes have left. */
  resume(): void
}

export interface TransitionLoopDeps {
  state: SyncState
  backend: Backend
  link: SessionLink
  caller: () => Caller
  clockFields: () => ClockFields
}

export function sameIdentity(one: Caller, other: Caller): boolean {
  return one.admin === other.admin && isDeepStrictEqual(one.identity, other.identity)
}

export function createTransitionLoop(deps: TransitionLoopDeps): TransitionLoop {
  const { state, backend, link, clockFields } = deps
  let wanted = false
  let running = false
  let unsent = 0

  function want(): void {
    if (wanted || link.isClosed()) return
    wanted = true
    resume()
  }

  /** setImmediate, not a timer: commits of one tick become one transition, and nothing waits longer than that. */
  function resume(): void {
    if (wanted && !running) setImmediate(start)
  }

  function start(): void {
    if (!running) run().catch(link.fail)
  }

  function mayGoOn(): boolean {
    if (!wanted || link.isClosed()) return false
    if (unsent >= MAX_UNSENT_TRANSITIONS || link.bufferedBytes() > MAX_BUFFERED_BYTES) return false
    return !link.endIfExpired(deps.caller(), state.wanted.identity)
  }

  async function run(): Promise<void> {
    running = true
    try {
      while (mayGoOn()) {
        wanted = false
        const plan = await computePlan()
        if (link.isClosed()) return
        const text = completeTransition(state, plan, clockFields())
        if (text !== null) sendTransition(text)
      }
    } finally {
      running = false
    }
  }

  /** All results as of one moment: usually now, as soon as every query is valid at once. */
  async function computePlan(): Promise<Plan> {
    for (let round = 0; round < MAX_ROUNDS && !link.isClosed(); round++) {
      const stale = staleQueries(state)
      if (stale.length === 0) break
      await Promise.all(stale.map(watch))
    }
    // No await between these two: results and timestamp are of the same moment.
    const plan = planTransition(state, backend.latestTs())
    const stale = staleQueries(state)
    return stale.length === 0 ? plan : completeAtFixedTs(plan, stale)
  }

  async function watch(query: LiveQuery): Promise<void> {
    const caller = deps.caller()
    const watched = await backend.watchQuery({ ...callOf(query, caller), journal: query.journal }, want)
    // Meanwhile the query may have been removed, or somebody else signed in: then this result is nobody's.
    const isCurrent = state.queries.get(query.queryId) === query && sameIdentity(caller, deps.caller())
    if (link.isClosed() || !isCurrent) {
      watched.release()
      return
    }
    query.watch?.release()
    query.watch = watched
    query.journal = watched.journal
  }

  /** Writes come faster than results: read what is stale as of the plan's moment, and start over after sending. */
  async function completeAtFixedTs(plan: Plan, stale: LiveQuery[]): Promise<Plan> {
    const caller = deps.caller()
    const readAt = async (query: LiveQuery) => {
      const { outcome } = await backend.runQuery({ ...callOf(query, caller), journal: query.journal, ts: plan.ts })
      return { query, result: { outcome, hash: `at ${plan.ts}`, journal: query.journal } }
    }
    plan.results.push(...(await Promise.all(stale.map(readAt))))
    want()
    return plan
  }

  function sendTransition(text: string): void {
    const messages = splitTransition(text)
    const last = messages.pop()
    if (last === undefined) return
    unsent += 1
    for (const message of messages) link.send(message)
    link.send(last, () => {
      unsent -= 1
    })
  }

  return { want, resume }
}
