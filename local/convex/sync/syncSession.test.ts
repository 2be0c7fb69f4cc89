import { expect, test } from 'vitest'
import { createFakeClock } from '../../kernel/fakeClock.ts'
import { silentLog } from '../../kernel/log.ts'
import type { Authentication, Authenticator } from '../auth/authenticator.ts'
import type { Backend, Call, Outcome, UserIdentity } from '../engine/backend.ts'
import { decodeTs, encodeTs } from './protocol.ts'
import { createSyncSession } from './syncSession.ts'

/**
 * A cell store with just enough of a backend to drive a session by hand: `cell` queries read one cell, the mutation
 * `set` writes one. Tests of the whole run against the real engine.
 */
function createFakeBackend() {
  const cells = new Map<string, unknown>()
  const watchers = new Map<string, Set<() => void>>()
  const calls: Call[] = []
  let ts = 100n
  let beforeResult: (call: Call) => Promise<void> | void = () => {}

  const cellOf = (call: Call) => String((call.args as { cell: string }).cell)
  const read = (call: Call): Outcome => ({
    ok: true,
    value: JSON.stringify({ cell: cells.get(cellOf(call)) ?? null, who: call.identity?.subject ?? null }),
    logLines: [],
  })
  function set(cell: string, value: unknown) {
    ts += 1n
    cells.set(cell, value)
    const waiting = watchers.get(cell)
    watchers.delete(cell)
    for (const wake of waiting ?? []) wake()
    return ts
  }
  const unused = () => Promise.reject(new Error('not part of this fake'))
  const backend: Backend = {
    latestTs: () => ts,
    advanceTs: (atLeast) => {
      if (atLeast > ts) ts = atLeast
    },
    async watchQuery(call, onInvalid) {
      calls.push(call)
      const cell = cellOf(call)
      const outcome = read(call)
      let valid = true
      const wake = () => {
        valid = false
        onInvalid()
      }
      watchers.set(cell, (watchers.get(cell) ?? new Set()).add(wake))
      const at = ts
      await beforeResult(call)
      return {
        outcome,
        hash: outcome.ok ? outcome.value : '',
        journal: null,
        ts: at,
        isValid: () => valid,
        release: () => watchers.get(cell)?.delete(wake),
      }
    },
    runQuery: async (call) => ({ outcome: read(call), ts: call.ts ?? ts }),
    async runMutation(call) {
      calls.push(call)
      await beforeResult(call)
      if (call.path === 'fail') return { outcome: { ok: false, errorMessage: 'no', logLines: [] }, ts }
      if (call.path === 'crash') throw new Error('engine fault')
      const at = set(cellOf(call), (call.args as { value: unknown }).value)
      return { outcome: { ok: true, value: 'null', logLines: [] }, ts: at }
    },
    runAction: async () => ({ ok: true, value: '"done"', logLines: [] }),
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
    calls,
    set,
    watcherCount: () => [...watchers.values()].reduce((sum, set) => sum + set.size, 0),
    onRun: (fn: typeof beforeResult) => {
      beforeResult = fn
    },
  }
}

const identityOf = (subject: string): UserIdentity => ({ tokenIdentifier: `i|${subject}`, subject, issuer: 'i' })

function start(options: { flushed?: boolean; expiresAt?: number } = {}) {
  const clock = createFakeClock()
  const fake = createFakeBackend()
  const authenticator: Authenticator = {
    async user(token): Promise<Authentication> {
      if (token === 'bad') return { kind: 'refused', code: 'InvalidToken', message: 'bad token' }
      if (token === 'unknown') return { kind: 'unavailable', message: 'no keys' }
      const [subject = ''] = token.split('#')
      return {
        kind: 'accepted',
        caller: { identity: identityOf(subject), admin: false, expiresAt: options.expiresAt ?? null },
      }
    },
    admin: () => ({ kind: 'refused', code: 'BadAdminKey', message: 'bad key' }),
    header: () => Promise.reject(new Error('not used by sockets')),
  }
  const sent: Record<string, unknown>[] = []
  const pending: (() => void)[] = []
  let closed: { code: number; reason: string } | null = null
  let flushNow = options.flushed ?? true
  const session = createSyncSession(
    {
      send(text, flushed) {
        sent.push(JSON.parse(text))
        if (flushNow) flushed()
        else pending.push(flushed)
      },
      close: (code, reason) => {
        closed = { code, reason }
      },
      bufferedBytes: () => 0,
    },
    { backend: fake.backend, authenticator, clock, log: silentLog },
  )
  const say = (message: Record<string, unknown>) => session.receive(JSON.stringify(message))
  say({ type: 'Connect', sessionId: 's', connectionCount: 0, lastCloseReason: null, clientTs: clock.now() })
  return {
    ...fake,
    clock,
    session,
    sent,
    say,
    closed: () => closed,
    flush() {
      flushNow = true
      for (const flushed of pending.splice(0)) flushed()
    },
    ofType: (type: string) => sent.filter((message) => message['type'] === type),
  }
}

/** Lets everything that waits for microtasks and setImmediate run. */
async function settle() {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve))
}

const add = (queryId: number, cell: string) => ({
  type: 'Add',
  queryId,
  udfPath: 'cell',
  args: [{ cell }],
  journal: null,
})
const modify = (baseVersion: number, ...modifications: unknown[]) => ({
  type: 'ModifyQuerySet',
  baseVersion,
  newVersion: baseVersion + 1,
  modifications,
})
const authenticate = (value: string, baseVersion: number) => ({
  type: 'Authenticate',
  tokenType: 'User',
  value,
  baseVersion,
})
const mutation = (requestId: number, path: string, args: unknown = { cell: 'a', value: requestId }) => ({
  type: 'Mutation',
  requestId,
  udfPath: path,
  args: [args],
})
const tsOf = (message: Record<string, unknown> | undefined) => {
  const end = message?.['endVersion'] as { ts: string } | undefined
  return decodeTs(end?.ts ?? '')
}

test('[SY10] a mutation is answered first, then by a transition that already holds what it changed', async () => {
  const s = start()
  s.say(modify(0, add(0, 'a')))
  await settle()
  s.say(mutation(0, 'set', { cell: 'a', value: 'new' }))
  await settle()
  const [response, transition] = s.sent.slice(-2)
  expect(response).toMatchObject({ type: 'MutationResponse', success: true })
  expect(transition).toMatchObject({ type: 'Transition', modifications: [{ value: { cell: 'new' } }] })
  expect(tsOf(transition)).toBeGreaterThanOrEqual(decodeTs(String(response?.['ts'])))
})

test('[SY10] a mutation is followed by a transition even when no query is live', async () => {
  const s = start()
  s.say(mutation(0, 'set'))
  await settle()
  expect(s.sent.map((message) => message['type'])).toEqual(['MutationResponse', 'Transition'])
})

test('a failed mutation is answered and followed by nothing', async () => {
  const s = start()
  s.say(mutation(0, 'fail'))
  await settle()
  expect(s.sent).toMatchObject([{ type: 'MutationResponse', success: false, result: 'no' }])
})

test('[SY11] mutations of one socket run one after the other, in the order they came', async () => {
  const s = start()
  let running = 0
  let most = 0
  s.onRun(async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
  })
  for (let i = 0; i < 5; i++) s.say(mutation(i, 'set'))
  await settle()
  expect(most).toBe(1)
  expect(s.ofType('MutationResponse').map((message) => message['requestId'])).toEqual([0, 1, 2, 3, 4])
})

test('[SY14] writes of one tick reach the client as one transition', async () => {
  const s = start()
  s.say(modify(0, add(0, 'a'), add(1, 'b')))
  await settle()
  const before = s.ofType('Transition').length
  for (let i = 0; i < 10; i++) s.set('a', i)
  s.set('b', 'x')
  await settle()
  expect(s.ofType('Transition').slice(before)).toMatchObject([
    {
      modifications: [
        { queryId: 0, value: { cell: 9 } },
        { queryId: 1, value: { cell: 'x' } },
      ],
    },
  ])
})

test('[SY13] a query invalidated while another is computed is run again before anything is sent', async () => {
  const s = start()
  s.say(modify(0, add(0, 'a')))
  await settle()
  let once = true
  s.onRun((call) => {
    if (!once || (call.args as { cell: string }).cell !== 'b') return
    once = false
    s.set('a', 'meanwhile')
  })
  s.say(modify(1, add(1, 'b')))
  await settle()
  expect(s.ofType('Transition').at(-1)).toMatchObject({
    modifications: [{ queryId: 0, value: { cell: 'meanwhile' } }, { queryId: 1 }],
  })
})

test('[SY13] a query that is always outrun by writes is shown as of a fixed moment, and then again', async () => {
  const s = start()
  let writes = 0
  s.onRun(() => {
    if (++writes < 20) s.set('a', writes)
  })
  s.say(modify(0, add(0, 'a')))
  await settle()
  const values = s.ofType('Transition').flatMap((message) => message['modifications'] as { value: { cell: number } }[])
  expect(values.length).toBeGreaterThan(1)
  expect(values.at(-1)?.value.cell).toBe(19)
  const timestamps = s.ofType('Transition').map(tsOf)
  expect(timestamps).toEqual([...timestamps].sort((a, b) => Number(a - b)))
})

test('a query removed while it is computed is not sent, and is not watched any longer', async () => {
  const s = start()
  let release = () => {}
  s.onRun(
    () =>
      new Promise<void>((resolve) => {
        release = resolve
      }),
  )
  s.say(modify(0, add(0, 'a')))
  await settle()
  s.say(modify(1, { type: 'Remove', queryId: 0 }))
  release()
  await settle()
  expect(s.ofType('Transition')).toMatchObject([
    { endVersion: { querySet: 2 }, modifications: [{ type: 'QueryRemoved' }] },
  ])
  expect(s.watcherCount()).toBe(0)
})

test('[SY15] with two transitions unsent nothing more is computed; then one transition catches up', async () => {
  const s = start({ flushed: false })
  s.say(modify(0, add(0, 'a')))
  await settle()
  for (let i = 0; i < 50; i++) {
    s.set('a', i)
    await settle()
  }
  expect(s.ofType('Transition')).toHaveLength(2)
  const runs = s.calls.length
  s.flush()
  await settle()
  expect(s.ofType('Transition')).toHaveLength(3)
  expect(s.ofType('Transition').at(-1)).toMatchObject({ modifications: [{ value: { cell: 49 } }] })
  expect(s.calls.length).toBe(runs + 1)
})

test('[AU8] a fresh token of the same person moves the identity version and runs nothing again', async () => {
  const s = start()
  s.say(authenticate('ada#1', 0))
  s.say(modify(0, add(0, 'a')))
  await settle()
  const runs = s.calls.length
  s.say(authenticate('ada#2', 1))
  await settle()
  expect(s.calls.length).toBe(runs)
  expect(s.ofType('Transition').at(-1)).toMatchObject({ endVersion: { identity: 2 }, modifications: [] })
})

test('[AU8] another person means new results', async () => {
  const s = start()
  s.say(authenticate('ada', 0))
  s.say(modify(0, add(0, 'a')))
  await settle()
  s.say(authenticate('bob', 1))
  await settle()
  expect(s.ofType('Transition').at(-1)).toMatchObject({
    endVersion: { identity: 2 },
    modifications: [{ value: { who: 'bob' } }],
  })
})

test('messages after an Authenticate wait for it', async () => {
  const s = start()
  s.say(authenticate('ada', 0))
  s.say(mutation(0, 'set'))
  s.say({ type: 'Authenticate', tokenType: 'None', baseVersion: 1 })
  s.say(mutation(1, 'set'))
  await settle()
  expect(s.calls.map((call) => call.identity?.subject ?? null)).toEqual(['ada', null])
})

test('[AU9] a refused token gets an AuthError with the version the server is at, and the socket is closed', async () => {
  const s = start()
  s.say(authenticate('ada', 0))
  s.say(authenticate('bad', 1))
  await settle()
  expect(s.sent.at(-1)).toEqual({ type: 'AuthError', error: 'bad token', baseVersion: 1, authUpdateAttempted: true })
  expect(s.closed()).toMatchObject({ code: 1000 })
})

test('[AU5] keys out of reach are waited for, and then close the socket without an AuthError: nobody is signed out', async () => {
  const s = start()
  s.say(authenticate('unknown', 0))
  for (let waited = 0; waited < 10_000; waited += 500) {
    await settle()
    expect(s.closed()).toBeNull()
    s.clock.advance(500)
  }
  await settle()
  expect(s.ofType('AuthError')).toEqual([])
  expect(s.closed()).toMatchObject({ code: 1013 })
})

test('[AU10] when the token expires, the next work is refused with an AuthError and the socket is closed', async () => {
  const s = start({ expiresAt: createFakeClock().now() + 60_000 })
  s.say(authenticate('ada', 0))
  s.say(modify(0, add(0, 'a')))
  await settle()
  s.clock.advance(61_000)
  s.set('a', 1)
  await settle()
  expect(s.sent.at(-1)).toMatchObject({ type: 'AuthError', baseVersion: 1, authUpdateAttempted: false })
  expect(s.closed()).not.toBeNull()
  expect(s.watcherCount()).toBe(0)
})

test('[SY3] junk is answered with one FatalError and the end of that socket', async () => {
  const s = start()
  s.session.receive('{"type":"Mutation"')
  s.session.receive('more junk')
  s.say(mutation(0, 'set'))
  await settle()
  expect(s.sent).toMatchObject([{ type: 'FatalError' }])
  expect(s.closed()).toMatchObject({ code: 1008 })
  expect(s.calls).toEqual([])
})

test('[SY3] nothing may come before Connect, and Connect only once', async () => {
  const s = start()
  s.say({ type: 'Connect', sessionId: 's', connectionCount: 0, lastCloseReason: null })
  await settle()
  expect(s.sent).toMatchObject([{ type: 'FatalError' }])
})

test('[SY16] a fault of the engine closes the socket for a retry and is never a FatalError', async () => {
  const s = start()
  s.say(mutation(0, 'crash'))
  await settle()
  expect(s.sent).toEqual([])
  expect(s.closed()).toEqual({ code: 1011, reason: 'InternalServerError' })
})

test('[SY12] a client that has seen a later time than this server moves the clock of the server', async () => {
  const fake = createFakeBackend()
  const clock = createFakeClock()
  const later = BigInt(clock.now()) * 1_000_000n
  const sent: string[] = []
  const unused = () => Promise.reject(new Error('not used'))
  const session = createSyncSession(
    { send: (text) => sent.push(text), close: () => {}, bufferedBytes: () => 0 },
    {
      backend: fake.backend,
      authenticator: { user: unused, header: unused, admin: () => ({ kind: 'unavailable', message: '' }) },
      clock,
      log: silentLog,
    },
  )
  session.receive(
    JSON.stringify({
      type: 'Connect',
      sessionId: 's',
      connectionCount: 3,
      lastCloseReason: 'x',
      maxObservedTimestamp: encodeTs(later),
    }),
  )
  session.receive(JSON.stringify(modify(0)))
  await settle()
  expect(tsOf(JSON.parse(sent[0] ?? '{}'))).toBe(later)
})

test('a socket that is gone leaves no watched query behind', async () => {
  const s = start()
  s.say(modify(0, add(0, 'a'), add(1, 'b')))
  await settle()
  expect(s.watcherCount()).toBe(2)
  s.session.ended()
  expect(s.watcherCount()).toBe(0)
})

test('more mutations waiting than any client sends close the socket', async () => {
  const s = start()
  s.onRun(() => new Promise(() => {}))
  for (let i = 0; i < 1_002; i++) s.say(mutation(i, 'set'))
  expect(s.closed()).toMatchObject({ code: 1013, reason: 'TooManyConcurrentRequests' })
})
