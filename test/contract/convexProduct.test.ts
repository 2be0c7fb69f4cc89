// The product's own schema and functions on this backend: they load, old data is taken along, and its search indexes answer.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataModelFromSchemaDefinition } from 'convex/server'
import { expect, onTestFinished, test } from 'vitest'
import type productSchema from '../../convex/schema.ts'
import { createTestBackend, type TestBackend } from '../../local/convex/engine/testing.ts'

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
