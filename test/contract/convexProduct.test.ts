// The product's own schema and functions on this backend: they load, old data is taken along, its indexes answer, and what it asks of the
// database beyond that: a query without identity, lists that are not woken, a mutation two minutes later.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataModelFromSchemaDefinition } from 'convex/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import type productSchema from '../../convex/schema.ts'
import { removedKeptMs, undoOfferedMs } from '../../lib/chat/undoTimes.ts'
import { createTestBackend, type TestBackend } from '../../local/convex/engine/testing.ts'
import { createFakeClock } from '../../local/kernel/fakeClock.ts'

type Model = DataModelFromSchemaDefinition<typeof productSchema>
const folder = join(import.meta.dirname, '../../convex')

async function start(storage: string): Promise<TestBackend<Model>> {
  const app = await createTestBackend<Model>({ storage })
  onTestFinished(() => app.close())
  return app
}

function newStorage(): string {
  const storage = mkdtempSync(join(tmpdir(), 'convex-product-'))
  onTestFinished(() => rmSync(storage, { recursive: true }))
  return storage
}

const memory = (ownerId: string, text: string) => ({
  ...{ ownerId, text, key: text, source: 'agent' as const },
  ...{ createdAt: 1, updatedAt: 1 },
})

test('[TS9] rows from before its search indexes are found once it is deployed', async () => {
  const storage = newStorage()
  const before = await start(storage)
  await before.backend.deploy({ modules: {} })
  await before.run(async ({ db }) => {
    await db.insert('memories', memory('ann', 'Ann drinks green tea'))
    await db.insert('memories', memory('bob', 'Bob drinks coffee'))
  })
  await before.close()

  const app = await start(storage)
  expect(await app.backend.deployFromFolder(folder)).toMatchObject({ ok: true })
  const find = (ownerId: string, words: string) =>
    app.run(async ({ db }) => {
      const found = db
        .query('memories')
        .withSearchIndex('search_text', (q) => q.search('text', words).eq('ownerId', ownerId))
      return (await found.take(5)).map(({ text }) => text)
    })
  expect(await find('ann', 'what does Ann drink')).toEqual(['Ann drinks green tea'])
  expect(await find('ann', 'coffee')).toEqual([])
})

test('[RT3] records, optional fields and unions of its tables are kept as they are, and refused when they do not fit', async () => {
  const app = await start(newStorage())
  expect(await app.backend.deployFromFolder(folder)).toMatchObject({ ok: true })
  const preferences = {
    tools: { readPage: 'ask' as const, forget: 'never' as const },
    budget: { dayMicros: 1_000_000 },
    memory: false,
  }
  const user = await app.run(async ({ db }) =>
    db.get(await db.insert('users', { userId: 'ann', updatedAt: 1, preferences })),
  )
  expect(user?.preferences).toEqual(preferences)
  const wrong = { tools: { readPage: 'sometimes' } } as never
  await expect(
    app.run(({ db }) => db.insert('users', { userId: 'bob', updatedAt: 1, preferences: wrong })),
  ).rejects.toThrow('does not match the schema')
})

const ownerId = 'ann'
const ann = { identity: { tokenIdentifier: 'https://clerk.test|ann', issuer: 'https://clerk.test', subject: ownerId } }
const issuer = 'https://nightshift.local/service'
const service = { identity: { tokenIdentifier: `${issuer}|service`, issuer, subject: 'service' } }
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const paginationOpts = { numItems: 20, cursor: null }

describe.each(['friendly', 'strict'] as const)('the lists of threads on the %s profile', (profile) => {
  async function startProduct() {
    const clock = createFakeClock()
    const app = await createTestBackend<Model>({ profile, clock })
    onTestFinished(() => app.close())
    expect(await app.backend.deployFromFolder(folder)).toMatchObject({ ok: true })
    const put = (
      n: number,
      over: Partial<DataModelFromSchemaDefinition<typeof productSchema>['threads']['document']>,
    ) =>
      app.run(({ db }) => {
        const row = { ownerId, threadId: uuid(n), title: `Thread ${n}`, titleSource: 'person' as const }
        const state = { createdAt: n, lastActivityAt: n, status: 'idle' as const, lastSeq: 0, nextPosition: 1 }
        return db.insert('threads', { ...row, ...state, ...over })
      })
    const ids = async (target: typeof api.threads.list, shelf?: 'archived') => {
      const found = await app.query(target, { paginationOpts, ...(shelf ? { shelf } : {}) }, ann)
      return (found as { page: { threadId: string }[] }).page.map(({ threadId }) => threadId)
    }
    const begin = async (n: number, threadId: string) => {
      const message = { messageId: uuid(n), text: `words ${n}`, sentAt: clock.now() }
      const taken = await app.mutation(
        api.service.turns.begin,
        { runId: `r${n}`, ownerId, threadId, message, after: null },
        service,
      )
      return { ...(taken as { turnId: string; epoch: number }), runId: `r${n}` }
    }
    const open = async (take: { turnId: string; epoch: number; runId: string }) => {
      const { turnId, epoch, runId } = take
      const args = { turnId, epoch, runId, step: 'model-0', kind: 'model' }
      const opened = await app.mutation(api.service.steps.open, args, service)
      return { turnId, step: 'model-0', fence: (opened as { fence: { epoch: number; try: number } }).fence }
    }
    return { app, clock, put, ids, begin, open }
  }

  test('an absent column is a value of its own: what is pinned, archived or removed is passed over without being read', async () => {
    const { app, put, ids } = await startProduct()
    for (let n = 1; n <= 3; n++) await put(n, {})
    for (let n = 11; n <= 40; n++) await put(n, { pinnedAt: n })
    await put(51, { shelf: 'archived' })
    await put(52, { shelf: 'removed', removed: { at: 1 } })
    const before = app.backend.counters()
    const read = { documents: before.documentsRead, index: before.indexRowsRead }
    expect(await ids(api.threads.list)).toEqual([uuid(3), uuid(2), uuid(1)])
    const after = app.backend.counters()
    expect([after.documentsRead - read.documents, after.indexRowsRead - read.index]).toEqual([3, 3])
    expect(await ids(api.threads.list, 'archived')).toEqual([uuid(51)])
    const pinned = (await app.query(api.threads.pinned, {}, ann)) as { threadId: string }[]
    expect(pinned.map(({ threadId }) => threadId).slice(0, 2)).toEqual([uuid(40), uuid(39)])
  })

  test('names are found by their words and by the beginning of the last one, also once they are changed', async () => {
    const { app, put } = await startProduct()
    await put(1, { title: 'Plans for Lisbon' })
    await put(2, { title: 'Bread' })
    await put(3, { title: 'Lisbon by tram', ownerId: 'bob' })
    await put(4, { title: 'Lisbon, removed', shelf: 'removed', removed: { at: 1 } })
    const find = async (query: string) =>
      ((await app.query(api.search.everything, { query }, ann)) as { threads: { title: string }[] }).threads.map(
        ({ title }) => title,
      )
    expect(await find('lisbon')).toEqual(['Plans for Lisbon'])
    expect(await find('plans lis')).toEqual(['Plans for Lisbon'])
    await app.mutation(api.threads.rename, { threadId: uuid(2), title: 'Lisbon bread' }, ann)
    expect((await find('lis')).toSorted((a, b) => a.localeCompare(b))).toEqual(['Lisbon bread', 'Plans for Lisbon'])
  })

  test('tokens wake neither the list nor the numbers of the jobs; the end of the reply wakes both', async () => {
    const { app, begin, open } = await startProduct()
    const take = await begin(1, uuid(100))
    const step = await open(take)
    const woken: string[] = []
    const watch = async (path: string, args: Record<string, never> | { paginationOpts: typeof paginationOpts }) => {
      const call = { path, args, identity: ann.identity, admin: false, journal: null }
      const watched = await app.backend.watchQuery(call, () => woken.push(path))
      expect(watched.outcome).toMatchObject({ ok: true })
      onTestFinished(() => watched.release())
    }
    await watch('threads:list', { paginationOpts })
    await watch('jobs:summary', {})
    const append = (offset: number) =>
      app.mutation(api.service.text.append, { ...step, offset, text: 'token' }, service)
    for (const offset of [0, 5, 10]) expect(await append(offset)).toMatchObject({ kind: 'ok' })
    expect(woken).toEqual([])
    const result = { kind: 'model', finishReason: 'stop', toolCalls: [], model: 'm' }
    await app.mutation(api.service.steps.commit, { ...step, result }, service)
    await app.mutation(
      api.service.turns.settle,
      { turnId: take.turnId, epoch: take.epoch, outcome: { kind: 'completed' } },
      service,
    )
    expect(new Set(woken)).toEqual(new Set(['threads:list', 'jobs:summary']))
  })

  test('a link is read without identity, another each time, and nothing is read by a guess', async () => {
    const { app, begin } = await startProduct()
    const links: string[] = []
    for (const n of [101, 102]) {
      const take = await begin(n, uuid(n))
      await app.mutation(api.turns.stop, { messageId: take.turnId }, ann)
      const made = await app.mutation(api.shares.create, { threadId: uuid(n) }, ann)
      links.push((made as { shareId: string }).shareId)
    }
    expect(new Set(links.map((link) => link.length))).toEqual(new Set([32]))
    expect(links[0]).not.toBe(links[1])
    const anybody = { identity: null, admin: false }
    const read = (shareId: string) => app.query(api.shares.read, { shareId, paginationOpts }, anybody)
    const parts = [{ type: 'text', text: 'words 101' }]
    expect(await read(links[0] ?? '')).toMatchObject({ page: [{ role: 'user', parts }], isDone: true })
    expect(await read('0'.repeat(32))).toBeNull()
    await expect(app.query(api.threads.list, { paginationOpts }, anybody)).rejects.toThrow('signed out')
  })

  test('a removed thread comes back for as long as the page offers it, and is gone soon afterwards', async () => {
    const { app, clock, put, ids } = await startProduct()
    await put(1, {})
    await put(2, {})
    for (const n of [1, 2]) await app.mutation(api.threads.remove, { threadId: uuid(n) }, ann)
    expect(await ids(api.threads.list)).toEqual([])
    clock.advance(undoOfferedMs)
    await app.scheduler.runAllDue()
    expect(await app.mutation(api.threads.restore, { threadId: uuid(1) }, ann)).toBe('restored')
    clock.advance(removedKeptMs - undoOfferedMs)
    await app.scheduler.runAllDue()
    expect(await app.mutation(api.threads.restore, { threadId: uuid(2) }, ann)).toBe('gone')
    expect(await ids(api.threads.list)).toEqual([uuid(1)])
    expect(app.snapshot()['threads']).toHaveLength(1)
  })
})
