// Text search as the official clients see it: results, live results, pages, races.
import { ConvexHttpClient } from 'convex/browser'
import { ConvexReactClient } from 'convex/react'
import type { PaginationResult } from 'convex/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { seededRandom } from '../../kernel/seededRandom.ts'
import { notes } from './api.ts'
import { clientOptions, connect, watch } from './clients.ts'
import { startTestServer } from './startTestServer.ts'
import { until } from './until.ts'

const owner = 'ann'
const profiles = ['friendly', 'strict'] as const

describe.each(profiles)('%s', (profile) => {
  const start = () => startTestServer({ profile, random: seededRandom(11) })

  test('[TS2] [TS3] [TS4] over HTTP: the best first, one owner’s only, filtered further by the query', async () => {
    const { url } = await start()
    const client = new ConvexHttpClient(url, { logger: false })
    await client.mutation(notes.add, { owner, texts: ['Buy green tea', 'Tea, tea and more tea!', 'Coffee', 'teapot'] })
    await client.mutation(notes.add, { owner: 'bob', texts: ['tea of Bob'] })
    expect(await client.query(notes.find, { owner, words: 'TEA' })).toEqual([
      'Tea, tea and more tea!',
      'teapot',
      'Buy green tea',
    ])
    expect(await client.query(notes.find, { owner, words: 'tea green', take: 1 })).toEqual(['Buy green tea'])
    await client.mutation(notes.add, { owner, texts: ['tea'], hidden: true })
    expect(await client.query(notes.best, { owner, words: 'tea' })).toBe('Tea, tea and more tea!')
    expect(await client.query(notes.best, { owner: 'eve', words: 'tea' })).toBeNull()
  })

  test('[TS8] a subscription follows what is added, changed and removed, and is left alone by the rest', async () => {
    const { url, backend } = await start()
    const client = connect(url)
    const { seen } = watch(client, notes.find, { owner, words: 'sea sun' })
    await until('the first result', () => seen.length === 1)
    const id = await client.mutation(notes.addOne, { owner, text: 'sunny' })
    await client.mutation(notes.edit, { id, text: 'the sea' })
    const runs = backend.counters().queriesRun
    await client.mutation(notes.add, { owner, texts: ['rain', 'search'] })
    await client.mutation(notes.add, { owner: 'bob', texts: ['sun and sea'] })
    expect(backend.counters().queriesRun).toBe(runs)
    await client.mutation(notes.edit, { id, text: 'rain' })
    await client.mutation(notes.edit, { id, text: 'sun' })
    await client.mutation(notes.remove, { id })
    expect(seen).toEqual([[], ['sunny'], ['the sea'], [], ['sun'], []])
  })

  test('[TS5] mutations that search before they write: of eight at once only one writes, and it sees its own', async () => {
    const { url } = await start()
    const clients = Array.from({ length: 8 }, () => connect(url))
    const counts = await Promise.all(
      clients.map((client) => client.mutation(notes.addOnce, { owner, text: 'only once' })),
    )
    expect(counts).toEqual(Array(8).fill(1))
  })
})

test('[TS10] pages hold the whole result in order, and hold together when something is added', async () => {
  const { url } = await startTestServer()
  const client = new ConvexReactClient(url, clientOptions)
  onTestFinished(() => client.close())
  const texts = Array.from({ length: 25 }, (_, i) => `page ${'page '.repeat(i % 7)}${i}`)
  await client.mutation(notes.add, { owner, texts })
  const whole = await client.query(notes.find, { owner, words: 'page' })
  expect(whole.length).toBe(25)
  const read = (cursor: string | null) =>
    client.query(notes.page, { owner, words: 'page', paginationOpts: { numItems: 10, cursor } })
  const paged: string[] = []
  let cursor: string | null = null
  for (let isDone = false; !isDone; ) {
    const page: PaginationResult<{ text: string }> = await read(cursor)
    paged.push(...page.page.map(({ text }) => text))
    cursor = page.continueCursor
    isDone = page.isDone
  }
  expect(paged).toEqual(whole)

  const first = await read(null)
  const live = client.watchQuery(notes.page, { owner, words: 'page', paginationOpts: { numItems: 10, cursor: null } })
  onTestFinished(live.onUpdate(() => {}))
  const shown = () => (live.localQueryResult()?.page ?? []).map(({ text }: { text: string }) => text)
  await until('the first page', () => shown().length === 10)
  await client.mutation(notes.add, { owner, texts: ['page page page page page page page page'] })
  expect(shown()[0]).toBe('page page page page page page page page')
  const rest = await client.query(notes.page, {
    ...{ owner, words: 'page' },
    paginationOpts: { numItems: 100, cursor: first.continueCursor },
  })
  expect([...shown(), ...rest.page.map(({ text }: { text: string }) => text)]).toEqual(
    await client.query(notes.find, { owner, words: 'page' }),
  )
})

test('[TS7] pages end with an error where a search ends looking', async () => {
  const { url } = await startTestServer()
  const client = new ConvexHttpClient(url, { logger: false })
  await client.mutation(notes.add, { owner, texts: Array.from({ length: 1_100 }, () => 'many') })
  const read = (cursor: string | null) =>
    client.query(notes.page, { owner, words: 'many', paginationOpts: { numItems: 1_000, cursor } })
  const first = await read(null)
  expect(first.page.length).toBe(1_000)
  await expect(read(first.continueCursor)).rejects.toThrow('Search query scanned too many documents')
})
