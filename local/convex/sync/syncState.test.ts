import { describe, expect, test } from 'vitest'
import type { WatchedQuery } from '../engine/backend.ts'
import { ProtocolError, type QuerySetChange } from './protocol.ts'
import {
  applyQuerySet,
  checkIdentityVersion,
  checkObservedTs,
  completeTransition,
  createSyncState,
  oweTransition,
  planTransition,
  type SyncState,
  staleQueries,
} from './syncState.ts'

const clock = { clientClockSkew: 0, serverNow: 1 }

const add = (queryId: number): QuerySetChange => ({
  type: 'Add',
  queryId,
  path: 'm:f',
  args: {},
  journal: null,
  component: undefined,
})

function modify(state: SyncState, baseVersion: number, newVersion: number, modifications: QuerySetChange[]) {
  return applyQuerySet(state, { type: 'ModifyQuerySet', baseVersion, newVersion, modifications })
}

function watched(value: string, options: { valid?: boolean; journal?: string | null } = {}): WatchedQuery {
  return {
    outcome: { ok: true, value, logLines: [] },
    hash: value,
    journal: options.journal ?? null,
    ts: 1n,
    isValid: () => options.valid ?? true,
    release: () => {},
  }
}

function setWatch(state: SyncState, queryId: number, watch: WatchedQuery) {
  const query = state.queries.get(queryId)
  if (!query) throw new Error(`no query ${queryId}`)
  query.watch = watch
}

function next(state: SyncState, ts: bigint) {
  const text = completeTransition(state, planTransition(state, ts), clock)
  return text === null ? null : JSON.parse(text)
}

test('[SY4] transitions chain: each starts where the one before ended, in all three parts', () => {
  const state = createSyncState()
  modify(state, 0, 1, [add(0)])
  setWatch(state, 0, watched('1'))
  const first = next(state, 10n)
  expect(first.startVersion).toMatchObject({ querySet: 0, identity: 0, ts: 'AAAAAAAAAAA=' })
  state.wanted.identity = 1
  modify(state, 1, 4, [{ type: 'Remove', queryId: 0 }])
  const second = next(state, 12n)
  expect(second.startVersion).toEqual(first.endVersion)
  expect(second.endVersion).toMatchObject({ querySet: 4, identity: 1 })
  expect(second.modifications).toEqual([{ type: 'QueryRemoved', queryId: 0 }])
})

test('[SY4] the timestamp of a transition never goes back', () => {
  const state = createSyncState()
  modify(state, 0, 1, [])
  const first = next(state, 10n)
  modify(state, 1, 2, [])
  expect(next(state, 3n).endVersion.ts).toBe(first.endVersion.ts)
})

test('[SY5] a change of the query set is answered with a transition even when there is nothing to say', () => {
  const state = createSyncState()
  modify(state, 0, 1, [])
  expect(next(state, 1n)).toMatchObject({ endVersion: { querySet: 1 }, modifications: [] })
  expect(next(state, 2n)).toBeNull()
})

test('[SY6] an equal result is not sent again, and a re-run that changed nothing sends nothing', () => {
  const state = createSyncState()
  modify(state, 0, 1, [add(0), add(1)])
  setWatch(state, 0, watched('1'))
  setWatch(state, 1, watched('2'))
  expect(next(state, 1n).modifications).toHaveLength(2)
  setWatch(state, 0, watched('1'))
  expect(next(state, 2n)).toBeNull()
  setWatch(state, 0, watched('3'))
  expect(next(state, 3n).modifications).toEqual([
    { type: 'QueryUpdated', queryId: 0, value: 3, logLines: [], journal: null },
  ])
})

test('[SY6] a new page end is sent although the page is equal', () => {
  const state = createSyncState()
  modify(state, 0, 1, [add(0)])
  setWatch(state, 0, watched('1', { journal: 'a' }))
  next(state, 1n)
  setWatch(state, 0, watched('1', { journal: 'b' }))
  expect(next(state, 2n).modifications).toMatchObject([{ journal: 'b' }])
})

describe('[SY10] a mutation that waits for its transition', () => {
  test('gets an empty one when no query changed', () => {
    const state = createSyncState()
    oweTransition(state, 5n)
    expect(next(state, 7n)).toMatchObject({ modifications: [] })
    expect(next(state, 8n)).toBeNull()
  })

  test('still waits after a transition of an earlier moment', () => {
    const state = createSyncState()
    oweTransition(state, 9n)
    expect(next(state, 7n)).not.toBeNull()
    expect(next(state, 9n)).not.toBeNull()
    expect(next(state, 10n)).toBeNull()
  })

  test('waits for the latest of several', () => {
    const state = createSyncState()
    oweTransition(state, 9n)
    oweTransition(state, 5n)
    expect(state.owedTs).toBe(9n)
  })
})

test('a plan holds only what is valid at its moment, and the rest is stale', () => {
  const state = createSyncState()
  modify(state, 0, 1, [add(0), add(1), add(2)])
  setWatch(state, 0, watched('1'))
  setWatch(state, 1, watched('2', { valid: false }))
  expect(planTransition(state, 1n).results.map(({ query }) => query.queryId)).toEqual([0])
  expect(staleQueries(state).map(({ queryId }) => queryId)).toEqual([1, 2])
})

test('the clock is sent where the client uses it: when the version of the set or the identity moves', () => {
  const state = createSyncState()
  modify(state, 0, 1, [])
  expect(next(state, 1n)).toHaveProperty('clientClockSkew')
  oweTransition(state, 2n)
  expect(next(state, 2n)).not.toHaveProperty('clientClockSkew')
})

test.each([
  ['a base version that is not the current one', 1, 2, [add(0)]],
  ['a version that does not rise', 0, 0, [add(0)]],
  ['an unknown query removed', 0, 1, [{ type: 'Remove', queryId: 7 }]],
  ['a query added twice', 0, 1, [add(0), add(0)]],
] as [string, number, number, QuerySetChange[]][])('[SY3] %s is a violation', (_name, base, newVersion, changes) => {
  expect(() => modify(createSyncState(), base, newVersion, changes)).toThrow(ProtocolError)
})

test('[SY3] an Authenticate that does not follow the identity version is a violation', () => {
  const state = createSyncState()
  checkIdentityVersion(state, 0)
  expect(() => checkIdentityVersion(state, 1)).toThrow(ProtocolError)
})

test('[SY12] a timestamp more than a year ahead is not believed', () => {
  const now = 1_800_000_000_000
  checkObservedTs(BigInt(now) * 1_000_000n + 3_600_000_000_000n, now)
  expect(() => checkObservedTs(2n ** 64n - 1n, now)).toThrow(ProtocolError)
})
