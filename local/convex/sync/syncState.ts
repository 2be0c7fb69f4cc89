/**
 * What one socket has been told and what it asked for: the query set, the version triple, and which transition is due.
 * Pure: runs no query, touches no socket.
 */
import type { JsonValue, Outcome, WatchedQuery } from '../engine/backend.ts'
import {
  type ClockFields,
  type ModifyQuerySet,
  ProtocolError,
  queryRemoved,
  queryResult,
  transition,
  type Version,
} from './protocol.ts'

/** The most queries one socket may hold; the official client stays far below. */
const MAX_QUERIES = 10_000

interface QueryState {
  outcome: Outcome
  hash: string
  journal: string | null
}

export interface LiveQuery {
  queryId: number
  path: string
  args: JsonValue
  component: string | undefined
  /** What the client will hand back on reconnect, and what the next run starts from. */
  journal: string | null
  /** The result of the last run, with its subscription; null before the first and after a change of identity. */
  watch: WatchedQuery | null
  /** `hash` and journal of what the client has; null when it has nothing. */
  sent: { hash: string; journal: string | null } | null
}

export interface SyncState {
  /** The end version of the last transition. */
  version: Version
  wanted: { querySet: number; identity: number }
  queries: Map<number, LiveQuery>
  removed: number[]
  /** A client awaits a transition at or after this time, sent after its mutation's response. Null when none does. */
  owedTs: bigint | null
}

export function createSyncState(): SyncState {
  return {
    version: { querySet: 0, identity: 0, ts: 0n },
    wanted: { querySet: 0, identity: 0 },
    queries: new Map(),
    removed: [],
    owedTs: null,
  }
}

/** Folds a change of the query set in; the caller releases the queries it returns. */
export function applyQuerySet(state: SyncState, message: ModifyQuerySet): LiveQuery[] {
  const { baseVersion, newVersion } = message
  if (baseVersion !== state.wanted.querySet || newVersion <= baseVersion) {
    throw new ProtocolError(
      `ModifyQuerySet from version ${baseVersion} to ${newVersion} does not follow version ${state.wanted.querySet}.`,
    )
  }
  const dropped: LiveQuery[] = []
  for (const change of message.modifications) {
    const known = state.queries.get(change.queryId)
    if (change.type === 'Remove') {
      if (!known) throw new ProtocolError(`Query ${change.queryId} cannot be removed: it is not in the query set.`)
      state.queries.delete(change.queryId)
      state.removed.push(change.queryId)
      dropped.push(known)
      continue
    }
    if (known) throw new ProtocolError(`Query ${change.queryId} is already in the query set.`)
    if (state.queries.size >= MAX_QUERIES) throw new ProtocolError(`More than ${MAX_QUERIES} queries on one socket.`)
    const { queryId, path, args, component, journal } = change
    state.queries.set(queryId, { queryId, path, args, component, journal, watch: null, sent: null })
  }
  state.wanted.querySet = newVersion
  return dropped
}

/** Refused before the token is looked at, so that a client that lost count learns it at once. */
export function checkIdentityVersion(state: SyncState, baseVersion: number): void {
  if (baseVersion === state.wanted.identity) return
  throw new ProtocolError(
    `Authenticate on version ${baseVersion} does not follow identity version ${state.wanted.identity}.`,
  )
}

/** A client that claims to have seen the far future is broken, and must not push this server's clock there. */
const MAX_OBSERVED_AHEAD_NS = 366n * 24n * 3600n * 1_000_000_000n

export function checkObservedTs(observed: bigint, nowMs: number): void {
  if (observed <= BigInt(nowMs) * 1_000_000n + MAX_OBSERVED_AHEAD_NS) return
  throw new ProtocolError('maxObservedTimestamp lies more than a year ahead.')
}

/** Results of before are nobody's any more; what the client has stays known, so that equal ones are not sent again. */
export function releaseQueries(state: SyncState): void {
  for (const query of state.queries.values()) {
    query.watch?.release()
    query.watch = null
  }
}

export function oweTransition(state: SyncState, ts: bigint): void {
  if (state.owedTs === null || state.owedTs < ts) state.owedTs = ts
}

export function staleQueries(state: SyncState): LiveQuery[] {
  const stale: LiveQuery[] = []
  for (const query of state.queries.values()) if (!query.watch?.isValid()) stale.push(query)
  return stale
}

/** What a transition will say, fixed at one moment; results of stale queries may be filled in, as of that moment. */
export interface Plan {
  ts: bigint
  querySet: number
  identity: number
  removed: number[]
  results: { query: LiveQuery; result: QueryState }[]
}

export function planTransition(state: SyncState, ts: bigint): Plan {
  const results: Plan['results'] = []
  for (const query of state.queries.values()) if (query.watch?.isValid()) results.push({ query, result: query.watch })
  const removed = state.removed
  state.removed = []
  return { ts, ...state.wanted, removed, results }
}

function changedResults(plan: Plan): string[] {
  const texts: string[] = []
  for (const { query, result } of plan.results) {
    if (query.sent?.hash === result.hash && query.sent.journal === result.journal) continue
    query.sent = { hash: result.hash, journal: result.journal }
    texts.push(queryResult(query.queryId, result.outcome, result.journal))
  }
  return texts
}

function maxTs(one: bigint, other: bigint): bigint {
  if (one > other) return one
  return other
}

/**
 * The transition for a plan, recorded as sent; null when the client would learn nothing from it (a re-run that gave
 * the same results, with nobody waiting).
 */
export function completeTransition(state: SyncState, plan: Plan, clock: ClockFields): string | null {
  const start = state.version
  const { querySet, identity } = plan
  const end = { querySet, identity, ts: maxTs(plan.ts, start.ts) }
  const modifications = [...plan.removed.map(queryRemoved), ...changedResults(plan)]
  const versionsMoved = end.querySet !== start.querySet || end.identity !== start.identity
  if (modifications.length === 0 && !versionsMoved && state.owedTs === null) return null
  state.version = end
  if (state.owedTs !== null && end.ts >= state.owedTs) state.owedTs = null
  // The client reads the clock fields when it plans its token refresh: on the transition that confirms an identity.
  return transition(start, end, modifications, versionsMoved ? clock : undefined)
}
