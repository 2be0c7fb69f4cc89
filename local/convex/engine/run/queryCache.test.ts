/** Sharing and waking: one execution for many, and only those whose reads were touched. */
import { anyApi, queryGeneric as query } from 'convex/server'
import { v } from 'convex/values'
import { afterEach, expect, it } from 'vitest'
import { createFakeClock } from '../../../kernel/fakeClock.ts'
import type { JsonValue, UserIdentity, WatchedQuery } from '../backend.ts'
import { ann, bob, type Model, modules, schema, startApp } from '../test/app.ts'
import type { TestBackend } from '../testing.ts'

let app: TestBackend<Model>
afterEach(() => app.close())

const watch = (
  path: string,
  args: JsonValue,
  onInvalid: () => void = () => {},
  identity: UserIdentity | null = null,
): Promise<WatchedQuery> => app.backend.watchQuery({ path, args, identity, journal: null }, onInvalid)
const runs = () => app.backend.counters().queriesRun

it('[RS1] a thousand watchers of one query are one execution, and one more after a write', async () => {
  app = await startApp()
  await app.mutation('messages:seed', { channel: 'c', from: 0, count: 5 })
  let woken = 0
  const all = await Promise.all(
    Array.from({ length: 1_000 }, () => watch('messages:list', { channel: 'c' }, () => woken++)),
  )
  expect(runs()).toBe(1)
  expect(new Set(all.map(({ outcome }) => outcome)).size).toBe(1)
  await app.mutation('messages:send', { channel: 'c', body: 'new' })
  expect(woken).toBe(1_000)
  await Promise.all(all.map(() => watch('messages:list', { channel: 'c' })))
  expect(runs()).toBe(2)
})

it('[RS2] a write wakes only the queries whose read range it touches', async () => {
  app = await startApp()
  for (const channel of ['a', 'b']) await app.mutation('messages:seed', { channel, from: 0, count: 30 })
  const woken: string[] = []
  await watch('messages:list', { channel: 'a' }, () => woken.push('a'))
  await watch('messages:list', { channel: 'b' }, () => woken.push('b'))
  await watch('counters:value', { name: 'n' }, () => woken.push('n'))
  await app.mutation('messages:send', { channel: 'b', body: 'x' })
  expect(woken).toEqual(['b'])
  // The newest twenty of a: the oldest one lies outside of what was read.
  const oldest = app.snapshot()['messages']?.find(({ channel }) => channel === 'a')
  await app.run(({ db }) => db.patch(oldest?.['_id'] as never, { body: 'edited' }))
  expect(woken).toEqual(['b'])
  await app.mutation('counters:add', { name: 'm' })
  expect(woken).toEqual(['b'])
  await app.mutation('counters:add', { name: 'n' })
  expect(woken).toEqual(['b', 'n'])
})

it('[RS2] a change of a row that was read wakes, and so does a row that moves into the range', async () => {
  app = await startApp()
  const id = await app.run(({ db }) => db.insert('messages', { channel: 'a', body: '1' }))
  let woken = 0
  const first = await watch('messages:list', { channel: 'b' }, () => woken++)
  await app.run(({ db }) => db.patch(id, { channel: 'b' }))
  expect([woken, first.isValid()]).toEqual([1, false])
  await watch('messages:list', { channel: 'b' }, () => woken++)
  await app.run(({ db }) => db.patch(id, { body: '2' }))
  expect(woken).toBe(2)
  await watch('messages:list', { channel: 'b' }, () => woken++)
  await app.run(({ db }) => db.delete(id))
  expect(woken).toBe(3)
})

it('[RS3] a query that failed is watched all the same, and recovers', async () => {
  app = await startApp()
  let woken = 0
  const failed = await watch('errors:missing', { name: 'n' }, () => woken++)
  expect(failed.outcome).toMatchObject({ ok: false, errorMessage: expect.stringContaining('no counter n') })
  await app.mutation('counters:add', { name: 'n' })
  expect(woken).toBe(1)
  expect((await watch('errors:missing', { name: 'n' })).outcome).toMatchObject({ ok: true, value: '1' })
})

it('[RS4] equal results have equal hashes: the request id of an error does not count', async () => {
  app = await startApp()
  const first = await watch('errors:missing', { name: 'n' })
  await app.mutation('counters:add', { name: 'zzz' })
  app.backend.setEnvironment({ A: '1' })
  const second = await watch('errors:missing', { name: 'n' })
  expect(second.outcome).not.toEqual(first.outcome)
  expect(second.hash).toBe(first.hash)
  expect((await watch('errors:missing', { name: 'other' })).hash).not.toBe(first.hash)
})

it('[RS5] only functions that ask who is calling are kept apart by identity', async () => {
  app = await startApp()
  await Promise.all([ann, bob, null].map((who) => watch('people:nobody', {}, () => {}, who)))
  expect(runs()).toBe(1)
  const results = await Promise.all([ann, bob, null, ann].map((who) => watch('people:me', {}, () => {}, who)))
  expect(results.map(({ outcome }) => outcome.ok && outcome.value)).toEqual(['"ann"', '"bob"', 'null', '"ann"'])
  expect(runs()).toBe(4)
})

it('[RS5] arguments in another order, and the same arguments of another kind, are told apart rightly', async () => {
  app = await startApp(
    {},
    { './echo.ts': { echo: query({ args: { x: v.any() }, handler: async (_ctx, { x }) => typeof x as string }) } },
  )
  await watch('messages:list', { channel: 'a', take: 5 })
  await watch('messages:list', { take: 5, channel: 'a' })
  expect(runs()).toBe(1)
  expect((await watch('echo:echo', { x: 1 })).outcome).toMatchObject({ value: '"number"' })
  expect((await watch('echo:echo', { x: { $integer: 'AQAAAAAAAAA=' } })).outcome).toMatchObject({ value: '"bigint"' })
})

it('[RS6] a deploy and a changed environment invalidate everything, refusals included, and swap at once', async () => {
  app = await startApp()
  const woken: string[] = []
  await watch('people:nobody', {}, () => woken.push('known'))
  const unknown = await watch('later:hello', {}, () => woken.push('unknown'))
  expect(unknown.outcome).toMatchObject({
    ok: false,
    errorMessage: expect.stringContaining("Could not find public function for 'later:hello'"),
  })
  let deployed = 0
  app.backend.onDeployed(() => deployed++)
  await app.backend.deploy({
    modules: { ...modules, './later.ts': { hello: query({ handler: async () => 'hi' }) } },
    schema,
  })
  expect([woken.toSorted((a, b) => a.localeCompare(b)), deployed]).toEqual([['known', 'unknown'], 1])
  expect((await watch('later:hello', {}, () => woken.push('again'))).outcome).toMatchObject({ value: '"hi"' })
  app.backend.setEnvironment({ NEW: '1' })
  expect(woken).toContain('again')
})

it('[RS7] released queries stay cached, and stop telling', async () => {
  app = await startApp()
  let woken = 0
  const watched = await watch('messages:list', { channel: 'a' }, () => woken++)
  watched.release()
  await watch('messages:list', { channel: 'a' })
  expect(runs()).toBe(1)
  await app.mutation('messages:send', { channel: 'a', body: 'x' })
  expect(woken).toBe(0)
})

it('[RS8] reading a table that does not exist yet is a read of its coming into being', async () => {
  app = await startApp()
  const reader = query({ handler: async ({ db }) => (await db.query('later').collect()).length })
  await app.backend.deploy({ modules: { './r.ts': { reader } }, schema: undefined })
  let woken = 0
  expect((await watch('r:reader', {}, () => woken++)).outcome).toMatchObject({ value: '0' })
  await app.run(({ db }) => db.insert('later' as never, { x: 1 } as never))
  expect(woken).toBe(1)
  expect((await watch('r:reader', {})).outcome).toMatchObject({ value: '1' })
})

it('[RS9] a subscription delivers each new result once', async () => {
  app = await startApp()
  const seen: string[] = []
  const end = app.subscribe(anyApi['counters']?.['value'] as never, { name: 'n' }, (outcome) =>
    seen.push(outcome.ok ? outcome.value : '!'),
  )
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  await settled()
  await app.mutation('counters:add', { name: 'n' })
  await settled()
  await app.mutation('counters:add', { name: 'n', by: 0 })
  await settled()
  await app.mutation('counters:add', { name: 'n' })
  await settled()
  end()
  expect(seen).toEqual(['null', '1', '2'])
})

it('[RS11] a result that depends on the clock is not handed to newcomers for long', async () => {
  const clock = createFakeClock()
  app = await startApp({ clock }, {})
  const folder = new URL('../test/fixture', import.meta.url).pathname
  await app.backend.deployFromFolder(folder)
  await app.query('clock:now')
  clock.advance(16_000)
  await app.query('clock:now')
  expect(runs()).toBe(1)
  clock.advance(2_000)
  expect(await app.query('clock:now')).toBe(clock.now())
  expect(runs()).toBe(2)
})
