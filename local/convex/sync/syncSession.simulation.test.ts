// Seeded runs of one session under random writes, subscriptions, sign-ins, slow queries and a slow reader, checked by a
// model of the client: versions chain, every transition is the state of one moment, nothing owed is forgotten.
import { expect, test } from 'vitest'
import { createFakeClock } from '../../kernel/fakeClock.ts'
import { silentLog } from '../../kernel/log.ts'
import { seededRandom } from '../../kernel/seededRandom.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Backend, Call, Outcome } from '../engine/backend.ts'
import { decodeTs } from './protocol.ts'
import { createSyncSession } from './syncSession.ts'

const CELLS = ['a', 'b', 'c', 'd']

interface WireVersion {
  querySet: number
  identity: number
  ts: string
}
type Wire =
  | {
      type: 'Transition'
      startVersion: WireVersion
      endVersion: WireVersion
      modifications: { type: string; queryId: number; value?: { cell: number; who: string | null } }[]
    }
  | { type: 'MutationResponse'; requestId: number; ts: string }
  | { type: 'FatalError' | 'AuthError'; error: string }

/** Cells with their whole history, and delays between reading and answering as a real engine has them. */
function createHistoryBackend(random: () => number) {
  const history = new Map<string, { ts: bigint; value: number }[]>(CELLS.map((cell) => [cell, [{ ts: 0n, value: 0 }]]))
  const watchers = new Map<string, Set<() => void>>(CELLS.map((cell) => [cell, new Set()]))
  let ts = 1_000n

  const at = (cell: string, when: bigint) => history.get(cell)?.findLast((entry) => entry.ts <= when)?.value ?? -1
  const cellOf = (call: Call) => String((call.args as { cell: string }).cell)
  const outcome = (call: Call, when: bigint): Outcome => ({
    ok: true,
    value: JSON.stringify({ cell: at(cellOf(call), when), who: call.identity?.subject ?? null }),
    logLines: [],
  })
  async function delay() {
    for (let i = Math.floor(random() * 4); i > 0; i--) await new Promise((resolve) => setImmediate(resolve))
  }
  function write(cell: string): bigint {
    ts += BigInt(1 + Math.floor(random() * 1000))
    history.get(cell)?.push({ ts, value: Number(ts) })
    const waiting = [...(watchers.get(cell) ?? [])]
    watchers.get(cell)?.clear()
    for (const wake of waiting) wake()
    return ts
  }
  const unused = () => Promise.reject(new Error('not part of this fake'))
  const backend: Backend = {
    latestTs: () => ts,
    advanceTs: () => {},
    async watchQuery(call, onInvalid) {
      const result = outcome(call, ts)
      const readAt = ts
      let isValid = true
      const wake = () => {
        isValid = false
        onInvalid()
      }
      watchers.get(cellOf(call))?.add(wake)
      await delay()
      const hash = result.ok ? result.value : ''
      const release = () => watchers.get(cellOf(call))?.delete(wake)
      return { outcome: result, hash, journal: null, ts: readAt, isValid: () => isValid, release }
    },
    async runQuery(call) {
      await delay()
      return { outcome: outcome(call, call.ts ?? ts), ts: call.ts ?? ts }
    },
    async runMutation(call) {
      await delay()
      const at = write(cellOf(call))
      await delay()
      return { outcome: { ok: true, value: 'null', logLines: [] }, ts: at }
    },
    runAction: unused,
    runFunction: unused,
    runHttpAction: unused,
    authProviders: () => [],
    onDeployed: () => () => {},
    deployFromFolder: unused,
    watchFolder: () => () => {},
    deploy: unused,
    setEnvironment: () => {},
    counters: () => {
      throw new Error('not part of this fake')
    },
    close: async () => {},
  }
  return {
    backend,
    write,
    at,
    latest: () => ts,
    watching: () => [...watchers.values()].reduce((n, set) => n + set.size, 0),
  }
}

/** What an official client would know and check. */
function createClientModel(truth: (cell: string, ts: bigint) => number) {
  let version: WireVersion = { querySet: 0, identity: 0, ts: 'AAAAAAAAAAA=' }
  const results = new Map<number, { cell: number; who: string | null }>()
  const sets = new Map<number, Map<number, string>>([[0, new Map()]])
  const people = new Map<number, string | null>([[0, null]])
  const unresolved = new Map<number, bigint | null>()

  function transition(message: Extract<Wire, { type: 'Transition' }>) {
    expect(message.startVersion).toEqual(version)
    const [before, after] = [decodeTs(version.ts), decodeTs(message.endVersion.ts)]
    expect(after >= before).toBe(true)
    for (const { type, queryId, value } of message.modifications) {
      if (type === 'QueryRemoved') results.delete(queryId)
      else if (value) results.set(queryId, value)
    }
    version = message.endVersion
    const wanted = sets.get(version.querySet) ?? new Map<number, string>()
    expect(new Set(results.keys())).toEqual(new Set(wanted.keys()))
    for (const [queryId, cell] of wanted) {
      expect(results.get(queryId)).toEqual({ cell: truth(cell, after), who: people.get(version.identity) })
    }
    for (const [requestId, ts] of unresolved) if (ts !== null && ts <= after) unresolved.delete(requestId)
  }

  return {
    sets,
    people,
    unresolved,
    version: () => version,
    results,
    receive(message: Wire) {
      if (message.type === 'Transition') transition(message)
      else if (message.type === 'MutationResponse') unresolved.set(message.requestId, decodeTs(message.ts))
      else throw new Error(`${message.type}: ${message.error}`)
    },
  }
}

async function simulate(seed: number): Promise<{ transitions: number; writes: number }> {
  const random = seededRandom(seed)
  const pick = (n: number) => Math.floor(random() * n)
  const world = createHistoryBackend(random)
  const model = createClientModel(world.at)
  const authenticator: Authenticator = {
    async user(token) {
      for (let i = pick(3); i > 0; i--) await new Promise((resolve) => setImmediate(resolve))
      const subject = token.slice(0, 3)
      const identity = { tokenIdentifier: `i|${subject}`, subject, issuer: 'i' }
      return { kind: 'accepted', caller: { identity, admin: false, expiresAt: null } }
    },
    admin: () => ({ kind: 'unavailable', message: '' }),
    header: () => Promise.reject(new Error('not used by sockets')),
  }
  const unflushed: (() => void)[] = []
  const failures: unknown[] = []
  const counts = { transitions: 0, writes: 0 }
  const session = createSyncSession(
    {
      send(text, flushed) {
        unflushed.push(flushed)
        const message = JSON.parse(text) as Wire
        if (message.type === 'Transition') counts.transitions += 1
        try {
          model.receive(message)
        } catch (error) {
          failures.push(error)
        }
      },
      close: (code, reason) => failures.push(new Error(`closed ${code} ${reason}`)),
      bufferedBytes: () => 0,
    },
    { backend: world.backend, authenticator, clock: createFakeClock(), log: silentLog },
  )
  const say = (message: unknown) => session.receive(JSON.stringify(message))
  say({ type: 'Connect', sessionId: 's', connectionCount: 0, lastCloseReason: null })

  let [querySet, identity, nextQuery, nextRequest] = [0, 0, 0, 0]
  const live = new Map<number, string>()
  const actions = [
    () => {
      world.write(CELLS[pick(CELLS.length)] ?? 'a')
      counts.writes += 1
    },
    () => {
      const modifications: unknown[] = []
      for (const queryId of [...live.keys()]) {
        if (random() < 0.3) {
          live.delete(queryId)
          modifications.push({ type: 'Remove', queryId })
        }
      }
      for (let i = pick(3); i > 0; i--) {
        const cell = CELLS[pick(CELLS.length)] ?? 'a'
        live.set(nextQuery, cell)
        modifications.push({ type: 'Add', queryId: nextQuery, udfPath: 'q', args: [{ cell }], journal: null })
        nextQuery += 1
      }
      querySet += 1
      model.sets.set(querySet, new Map(live))
      say({ type: 'ModifyQuerySet', baseVersion: querySet - 1, newVersion: querySet, modifications })
    },
    () => {
      const who = ['ada', 'bob', null][pick(3)] ?? null
      identity += 1
      model.people.set(identity, who)
      const token = who === null ? { tokenType: 'None' } : { tokenType: 'User', value: `${who}#${identity}` }
      say({ type: 'Authenticate', baseVersion: identity - 1, ...token })
    },
    () => {
      model.unresolved.set(nextRequest, null)
      say({ type: 'Mutation', requestId: nextRequest, udfPath: 'm', args: [{ cell: CELLS[pick(CELLS.length)] }] })
      nextRequest += 1
    },
    () => unflushed.shift()?.(),
    () => unflushed.shift()?.(),
  ]
  for (let step = 0; step < 300; step++) {
    actions[pick(actions.length)]?.()
    for (let i = pick(3); i > 0; i--) await new Promise((resolve) => setImmediate(resolve))
  }
  for (let quiet = 0; quiet < 200; quiet++) {
    unflushed.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(failures).toEqual([])
  expect(model.unresolved).toEqual(new Map())
  expect(model.version()).toMatchObject({ querySet, identity })
  for (const [queryId, cell] of live) expect(model.results.get(queryId)?.cell).toBe(world.at(cell, world.latest()))
  session.ended()
  expect(world.watching()).toBe(0)
  return counts
}

test('[SY4] [SY10] [SY13] whatever happens in whatever order, a client sees chained versions and whole moments', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const counts = await simulate(seed).catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error })
    })
    // The run must have been worth something: transitions happened, and some writes were coalesced or shared one.
    expect(counts.transitions).toBeGreaterThan(20)
  }
})
