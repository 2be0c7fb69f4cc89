/** Search indexes come and go with the schema, and outlive restarts. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { defineSchema, defineTable } from 'convex/server'
import { v } from 'convex/values'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestBackend, type TestBackend } from '../testing.ts'

let storage: string
let app: TestBackend
beforeEach(async () => {
  storage = mkdtempSync(join(tmpdir(), 'convex-search-'))
  app = await createTestBackend({ storage })
})
afterEach(async () => {
  await app.close()
  rmSync(storage, { recursive: true })
})

const table = () => defineTable({ text: v.string(), title: v.optional(v.string()), owner: v.optional(v.string()) })
const indexed = (options: { searchField: 'text' | 'title'; filterFields?: ['owner']; staged?: true }) =>
  table().searchIndex('words', options as never)
const deploy = (notes: ReturnType<typeof table>) => app.backend.deploy({ modules: {}, schema: defineSchema({ notes }) })
const add = (text: string, title = '') => app.run(({ db }) => db.insert('notes', { text, title }))
const find = (words: string, field = 'text') =>
  app.run(async ({ db }) => {
    const found = db
      .query('notes')
      .withSearchIndex(
        'words' as never,
        ((q: { search(...args: string[]): unknown }) => q.search(field, words)) as never,
      )
    return (await found.collect()).map(({ text }) => text)
  })
/** Everything of SQLite's that belongs to a search index. */
const searchTables = () =>
  app.backend.state.store.db
    .prepare(`SELECT name FROM sqlite_schema WHERE name GLOB 'search_[0-9]*'`)
    .all()
    .map(({ name }) => String(name))

it('[TS9] an index is built over the documents there are, kept over restarts, and built anew when its fields change', async () => {
  await deploy(table())
  for (const text of ['one', 'two', 'one two']) await add(text, `title of ${text}`)
  await expect(find('one')).rejects.toThrow('Index notes.words not found')
  expect(await deploy(indexed({ searchField: 'text' }))).toMatchObject({ ok: true })
  expect(await find('one')).toEqual(['one', 'one two'])

  await app.close()
  app = await createTestBackend({ storage })
  await deploy(indexed({ searchField: 'text' }))
  await add('one more')
  expect(new Set(await find('one'))).toEqual(new Set(['one', 'one two', 'one more']))

  await deploy(indexed({ searchField: 'title' }))
  await expect(find('one')).rejects.toThrow('it searches the field title, not text')
  expect(await find('title two', 'title')).toEqual(['two', 'one two', 'one'])
})

it('[TS9] a dropped index is gone, with all that it kept', async () => {
  await deploy(indexed({ searchField: 'text' }))
  await add('one')
  expect(searchTables().length).toBeGreaterThan(2)
  await deploy(table())
  await expect(find('one')).rejects.toThrow('Index notes.words not found')
  expect(searchTables()).toEqual([])
  expect(app.backend.state.store.db.prepare('SELECT count(*) AS n FROM searchDocs').get()).toMatchObject({ n: 0 })
  await deploy(indexed({ searchField: 'text' }))
  expect(await find('one')).toEqual(['one'])
})

it('[TS9] a staged index is built and kept, and cannot be queried until it is enabled', async () => {
  await deploy(indexed({ searchField: 'text', staged: true }))
  await add('one')
  await expect(find('one')).rejects.toThrow('Index notes.words is staged')
  await deploy(indexed({ searchField: 'text' }))
  expect(await find('one')).toEqual(['one'])
})

it('[TS9] a schema that is refused leaves the index as it was', async () => {
  await deploy(indexed({ searchField: 'text' }))
  await add('one')
  const wrong = defineTable({ text: v.number() }).searchIndex('other', { searchField: 'text' as never })
  expect(await deploy(wrong as never)).toMatchObject({ ok: false })
  expect(await find('one')).toEqual(['one'])
  const double = indexed({ searchField: 'text' }).index('words', ['text'])
  expect(await deploy(double)).toMatchObject({ ok: false, message: 'Table notes has two indexes named words.' })
  const fields = Array.from({ length: 17 }, (_, i) => `f${i}`)
  const wide = table().searchIndex('words', { searchField: 'text', filterFields: fields as never })
  expect(await deploy(wide)).toMatchObject({ ok: false, message: expect.stringContaining('17 filter fields') })
  const many = Array.from({ length: 31 }, (_, i) => `by_${i}`)
  const full = many.reduce((built, name) => built.index(name, ['text']), indexed({ searchField: 'text' }))
  expect(await deploy(full)).toMatchObject({ ok: true })
  expect(await deploy(full.index('by_31', ['text']))).toMatchObject({
    ok: false,
    message: expect.stringContaining('33'),
  })
})

it('[TS9] a database from before there were search indexes is upgraded', async () => {
  await deploy(table())
  for (const text of ['old one', 'old two']) await add(text)
  await app.close()
  const file = new DatabaseSync(join(storage, 'convex.db'))
  file.exec('DROP TABLE searchDocs')
  file.close()
  app = await createTestBackend({ storage })
  expect(await deploy(indexed({ searchField: 'text' }))).toMatchObject({ ok: true })
  expect(await find('old')).toEqual(['old two', 'old one'])
})

it('[TS5] rows of removed documents are used again without a trace of the old text', async () => {
  await deploy(indexed({ searchField: 'text' }))
  for (let round = 0; round < 20; round++) {
    const id = await add(`round ${round}`)
    expect(await find('round')).toEqual([`round ${round}`])
    await app.run(({ db }) => db.delete(id))
  }
  expect(await find('round')).toEqual([])
})
