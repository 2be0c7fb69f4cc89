/** The rules functions run under, in their own context: time, chance, network, environment, logs, errors. */
import { ConvexError } from 'convex/values'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../kernel/fakeClock.ts'
import { ann, type Model, startApp } from '../test/app.ts'
import { createTestBackend, type TestBackend } from '../testing.ts'

const fixture = new URL('../test/fixture', import.meta.url).pathname

describe('a deployed folder', () => {
  let app: TestBackend
  beforeAll(async () => {
    app = await createTestBackend()
    app.backend.setEnvironment({ GREETING: 'hello' })
    expect(await app.backend.deployFromFolder(fixture)).toMatchObject({ ok: true })
  })
  afterAll(() => app.close())

  it('[RT4] queries and mutations: time stands still, chance differs between executions, the environment is the deployment’s', async () => {
    const [a, b] = [await app.mutation('clock:rules'), await app.mutation('clock:rules')] as Record<string, unknown>[]
    expect(a).toMatchObject({ same: true, isDate: true, env: 'hello', missing: true })
    expect(a?.['random']).not.toEqual(b?.['random'])
    expect(a?.['uuid']).not.toEqual(b?.['uuid'])
  })

  it('[RT4] fetch and timers are refused there, by name', async () => {
    await expect(app.mutation('clock:fetches')).rejects.toThrow("Can't use fetch() in queries and mutations")
    await expect(app.query('clock:waits')).rejects.toThrow("Can't use setTimeout in queries and mutations")
  })

  it('[RT4] actions have time, timers, network, and binary data the SDK accepts', async () => {
    expect(await app.action('clock:acts')).toMatchObject({
      moved: true,
      isError: true,
      isBuffer: true,
      digest: expect.any(ArrayBuffer),
    })
  })

  it('[RT4] npm packages are bundled, and time zones work in the functions’ context, over a change to winter time', async () => {
    const dayBefore = await createTestBackend({ clock: createFakeClock(Date.UTC(2026, 9, 24, 12)) })
    expect(await dayBefore.backend.deployFromFolder(fixture)).toMatchObject({ ok: true })
    expect(await dayBefore.query('clock:zones')).toEqual({
      next: ['2026-10-25T08:00:00.000Z', '2026-10-24T13:00:00.000Z', '2026-10-25T09:00:00.000Z'],
      here: ['17:30', '05'],
      wrong: true,
    })
    await dayBefore.close()
  })

  it('[RT6] log lines carry their level and arguments as an inspector prints them', async () => {
    const { outcome } = await app.backend.runMutation({ path: 'clock:logs', args: {}, identity: null })
    expect(outcome.logLines).toEqual([
      "[LOG] 'hello' { a: 1 } [ 1n ]",
      "[WARN] 'careful'",
      "[ERROR] Map(1) { 'k' => 1 }",
    ])
  })

  it('[RT7] an error is told with its name and the line of its source', async () => {
    const { outcome } = await app.backend.runQuery({ path: 'clock:throws', args: {}, identity: null })
    expect(outcome).toMatchObject({
      ok: false,
      errorMessage: expect.stringMatching(
        /^\[Request ID: [0-9a-f]{16}\] Server Error\nUncaught TypeError: from the source\n {4}at .*\(\.\.\/fixture\/clock\.ts:\d+:\d+\)/,
      ),
    })
    expect(outcome).not.toHaveProperty('errorData')
  })

  it('[RT7] errors of the engine are `instanceof Error` for the app', async () => {
    expect(await app.query('clock:catches')).toBe(true)
  })

  it('[RT8] paths may be written in every accepted form', async () => {
    for (const path of ['clock:now', 'clock.js:now', 'clock.ts:now', '/clock:now']) {
      expect((await app.backend.runQuery({ path, args: {}, identity: null })).outcome.ok).toBe(true)
    }
  })

  it('[RT10] a changed environment evaluates the modules anew', async () => {
    await app.query('clock:count')
    app.backend.setEnvironment({ GREETING: 'goodbye' })
    expect(await app.mutation('clock:rules')).toMatchObject({ env: 'goodbye' })
    expect(await app.query('clock:count')).toBe(1)
  })
})

describe('calls', () => {
  let app: TestBackend<Model>
  afterEach(() => app.close())
  const query = (path: string, args = {}, more = {}) => app.backend.runQuery({ path, args, identity: null, ...more })

  it('[RT1] internal functions do not exist for clients, but for admins', async () => {
    app = await startApp()
    const call = { path: 'messages:seed', args: { channel: 'c', from: 0, count: 1 }, identity: null }
    expect((await app.backend.runMutation(call)).outcome).toMatchObject({
      ok: false,
      errorMessage: expect.stringContaining("Could not find public function for 'messages:seed'"),
    })
    expect((await app.backend.runMutation({ ...call, admin: true })).outcome.ok).toBe(true)
  })

  it('[RT1] a function of another type is refused, and runFunction takes any', async () => {
    app = await startApp()
    expect((await query('messages:send')).outcome).toMatchObject({
      errorMessage: expect.stringContaining('as a Query, but it is defined as a Mutation'),
    })
    const any = (path: string, args = {}) => app.backend.runFunction({ path, args, identity: null })
    expect(await any('counters:add', { name: 'n' })).toMatchObject({ ok: true, value: 'null' })
    expect(await any('counters:value', { name: 'n' })).toMatchObject({ ok: true, value: '1' })
    expect((await any('errors:plain')).ok).toBe(false)
  })

  it('[RT2] a component answers with one sentence that says they are not built', async () => {
    app = await startApp()
    expect((await query('a:b', {}, { component: 'rateLimiter' })).outcome).toMatchObject({
      errorMessage: expect.stringContaining('There is no component "rateLimiter". Components are not built'),
    })
  })

  it('[RT3] arguments before and results after: both are checked, and junk is no crash', async () => {
    app = await startApp()
    expect((await query('messages:list', { channel: 5 })).outcome).toMatchObject({
      errorMessage: expect.stringContaining('ArgumentValidationError: Value does not match validator.\nPath: .channel'),
    })
    expect((await query('messages:list', [])).outcome).toMatchObject({
      errorMessage: expect.stringContaining('must be an object'),
    })
    expect((await query('errors:wrongReturn')).outcome).toMatchObject({
      errorMessage: expect.stringContaining('ReturnsValidationError'),
    })
    for (const junk of [
      { a: { $integer: 'x' } },
      { $bad: 1 },
      { a: { $bytes: 5 } },
      'text',
      null,
      { __proto__: null, a: { $float: 'AAA=' } },
    ]) {
      expect((await query('messages:list', junk as never)).outcome.ok).toBe(false)
    }
    let deep: unknown = 1
    for (let i = 0; i < 50_000; i++) deep = [deep]
    expect((await query('messages:list', { channel: deep } as never)).outcome.ok).toBe(false)
  })

  it('[RT5] a ConvexError keeps its data, encoded, and rolls back; other errors have none', async () => {
    app = await startApp()
    const { outcome } = await app.backend.runMutation({ path: 'errors:refuse', args: { name: 'n' }, identity: null })
    expect(outcome).toMatchObject({ ok: false, errorData: { code: 'refused', amount: { $integer: 'AwAAAAAAAAA=' } } })
    expect(app.snapshot()['counters']).toEqual([])
    await expect(app.action('errors:plain')).rejects.toBeInstanceOf(ConvexError)
    expect(await app.backend.runAction({ path: 'errors:plain', args: {}, identity: null })).toMatchObject({
      errorData: 'plain',
    })
  })

  it('[RT9] the caller’s identity is there in HTTP actions, routes match exactly or by prefix, faults are 500', async () => {
    app = await startApp()
    expect(await (await app.fetch('/who/me', {}, { identity: ann })).json()).toMatchObject({ subject: 'ann' })
    expect(await (await app.fetch('/who/', {})).json()).toBeNull()
    expect((await app.fetch('/add', { method: 'POST', body: 'web' })).status).toBe(201)
    expect(await app.query('counters:value', { name: 'web' })).toBe(1)
    const lost = await app.fetch('/add/more', { method: 'POST' })
    expect([lost.status, await lost.text()]).toEqual([404, 'No HttpAction routed for /add/more'])
    const broken = await app.fetch('/broken')
    expect(broken.status).toBe(500)
    expect(await broken.json()).toMatchObject({ trace: expect.stringContaining('broken pipe') })
  })
})
