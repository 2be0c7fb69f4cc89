/** Loading a folder: what is found, hot reload, refusals that keep the old version, schema changes. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestBackend, type TestBackend } from '../testing.ts'

let root: string
let app: TestBackend
const folder = () => join(root, 'convex')

function write(file: string, text: string): void {
  const path = join(root, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
const server =
  "import { queryGeneric as query, mutationGeneric as mutation, actionGeneric as action, defineSchema, defineTable } from 'convex/server'\nimport { v } from 'convex/values'\n"
const deploy = () => app.backend.deployFromFolder(folder())
const hello = (text: string) =>
  `${server}export const hello = query({ handler: async () => ${JSON.stringify(text)} })\n`
const schema = (table: string) => `${server}export default defineSchema({ items: ${table} })\n`

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'convex-deploy-'))
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  app = await createTestBackend()
})
afterEach(async () => {
  await app.close()
  rmSync(root, { recursive: true })
})

describe('a folder', () => {
  it('[LD1] every module is found, except generated, hidden, test and config files', async () => {
    write('convex/a.ts', hello('a'))
    write('convex/deep/er/b.js', "export { hello as default } from '../../a'")
    for (const file of ['a.test.ts', '_generated/api.ts', '.hidden.ts', '.git/x.ts', 'notes.md'])
      write(`convex/${file}`, 'this is not code (')
    expect(await deploy()).toMatchObject({ ok: true, functions: ['a:hello', 'deep/er/b:default'] })
    expect(await app.query('deep/er/b')).toBe('a')
  })

  it('[LD2] what cannot be built or evaluated keeps the old version in force, and says where it is wrong', async () => {
    write('convex/a.ts', hello('old'))
    await deploy()
    write('convex/a.ts', `${server}export const hello = query({ handler: async () => `)
    const broken = await deploy()
    expect(broken).toMatchObject({ ok: false, functions: ['a:hello'] })
    expect(broken.message).toMatch(/a\.ts:\d+:\d+: /)
    write('convex/a.ts', "throw new Error('at the top')")
    expect(await deploy()).toMatchObject({ ok: false, message: 'at the top' })
    write('convex/a.ts', "import 'node:fs'")
    expect((await deploy()).message).toContain('node:fs')
    expect(await app.query('a:hello')).toBe('old')
    expect((await app.backend.deployFromFolder(join(root, 'nowhere'))).message).toContain('no functions folder')
  })

  it('[LD3] the same sources deployed again change nothing', async () => {
    write('convex/a.ts', hello('a'))
    await deploy()
    let deployed = 0
    app.backend.onDeployed(() => deployed++)
    expect((await deploy()).ok).toBe(true)
    expect(deployed).toBe(0)
  })

  it('[LD4] a watched folder is deployed when it changes, also for what it imports from outside', async () => {
    write('lib/words.ts', "export const word = 'one'")
    write(
      'convex/a.ts',
      `${server}import { word } from '../lib/words'\nexport const hello = query({ handler: async () => word })\n`,
    )
    await deploy()
    const stop = app.backend.watchFolder(folder())
    write('lib/words.ts', "export const word = 'two'")
    await expect.poll(() => app.query('a:hello'), { timeout: 8_000 }).toBe('two')
    write('convex/b.ts', hello('three'))
    await expect.poll(() => app.query('b:hello').catch(() => 'not yet'), { timeout: 8_000 }).toBe('three')
    stop()
  })

  it('[LD5] "use node" modules run in the host: node modules, and the deployment’s environment', async () => {
    write(
      'convex/n.ts',
      `"use node"\n${server}import { createHash } from 'node:crypto'\nexport const run = action({ handler: async () => [createHash('sha1').update('a').digest('hex').slice(0, 4), process.env.NAME ?? null] })\n`,
    )
    app.backend.setEnvironment({ NAME: 'nina' })
    expect(await deploy()).toMatchObject({ ok: true })
    expect(await app.action('n:run')).toEqual(['86f7', 'nina'])
  })

  it('[LD6] auth.config is evaluated with the environment, again when it changes; a wrong one is refused', async () => {
    write(
      'convex/auth.config.ts',
      "export default { providers: [{ domain: process.env.ISSUER, applicationID: 'convex' }] }",
    )
    expect(await deploy()).toMatchObject({
      ok: false,
      message: expect.stringContaining('environment variable missing'),
    })
    app.backend.setEnvironment({ ISSUER: 'https://one' })
    expect(await deploy()).toMatchObject({ ok: true })
    app.backend.setEnvironment({ ISSUER: 'https://two' })
    expect(app.backend.authProviders()).toEqual([{ type: 'oidc', domain: 'https://two', applicationID: 'convex' }])
    app.backend.setEnvironment({})
    expect(app.backend.authProviders()).toEqual([{ type: 'oidc', domain: 'https://two', applicationID: 'convex' }])
  })

  it('[LD7] what is running when new code comes is finished by the old, and what comes next runs the new', async () => {
    write(
      'convex/a.ts',
      `${server}export const slow = action({ handler: async (ctx) => { await new Promise((r) => setTimeout(r, 300)); return 'old' } })\n`,
    )
    await deploy()
    const running = app.action('a:slow')
    write('convex/a.ts', `${server}export const slow = action({ handler: async () => 'new' })\n`)
    await deploy()
    expect([await app.action('a:slow'), await running]).toEqual(['new', 'old'])
  })
})

describe('schema changes', () => {
  const items = `${server}
export const add = mutation({ args: { n: v.any() }, handler: (ctx, { n }) => ctx.db.insert('items', { n }) })
export const byN = query({ args: { n: v.any() }, handler: async (ctx, { n }) => (await ctx.db.query('items').withIndex('by_n', (q) => q.eq('n', n)).collect()).length })
`
  beforeEach(async () => {
    write('convex/items.ts', items)
    write('convex/schema.ts', schema('defineTable({ n: v.any() })'))
    await deploy()
    for (const n of [1, 2, 2]) await app.mutation('items:add', { n })
  })

  it('[DB9] a new index is built over what is there, a dropped one is gone, a changed one is built anew', async () => {
    await expect(app.query('items:byN', { n: 2 })).rejects.toThrow('Index items.by_n not found')
    write('convex/schema.ts', schema("defineTable({ n: v.any() }).index('by_n', ['n'])"))
    expect((await deploy()).ok).toBe(true)
    expect(await app.query('items:byN', { n: 2 })).toBe(2)
    await app.mutation('items:add', { n: 2 })
    expect(await app.query('items:byN', { n: 2 })).toBe(3)
    write('convex/schema.ts', schema("defineTable({ n: v.any() }).index('by_n', { fields: ['n'], staged: true })"))
    expect((await deploy()).ok).toBe(true)
    await expect(app.query('items:byN', { n: 2 })).rejects.toThrow('is staged')
    write('convex/schema.ts', schema('defineTable({ n: v.any() })'))
    await deploy()
    await expect(app.query('items:byN', { n: 2 })).rejects.toThrow('not found')
  })

  it('[DB9] documents that do not fit refuse the deploy: rules, indexes and code stay as they were', async () => {
    write('convex/schema.ts', schema("defineTable({ n: v.string() }).index('by_n', ['n'])"))
    const report = await deploy()
    expect(report).toMatchObject({
      ok: false,
      message: expect.stringMatching(/Schema validation failed: document with ID "\w+" in table "items"/),
    })
    await app.mutation('items:add', { n: 5 })
    await expect(app.query('items:byN', { n: 5 })).rejects.toThrow('not found')
  })

  it('[DB9] rules and indexes outlive a restart', async () => {
    const storage = join(root, 'data')
    write('convex/schema.ts', schema("defineTable({ n: v.number() }).index('by_n', ['n'])"))
    for (const round of [1, 2]) {
      const other = await createTestBackend({ storage })
      expect(await other.backend.deployFromFolder(folder())).toMatchObject({ ok: true })
      await other.mutation('items:add', { n: 7 })
      expect(await other.query('items:byN', { n: 7 })).toBe(round)
      await expect(other.mutation('items:add', { n: 'x' })).rejects.toThrow('does not match the schema')
      await other.close()
    }
  })
})

it('[DB4] the same table number in two components is two tables', () => {
  const { store } = app.backend.state
  const [a, b] = [store.ensureTable('a', 'things', 10_001), store.ensureTable('b', 'things', 10_001)]
  expect(new Set([...a.indexes, ...b.indexes].map(({ id }) => id)).size).toBe(4)
  expect([store.catalog.tableByNumber('a', 10_001), store.catalog.tableByNumber('', 10_001)]).toEqual([a, undefined])
})
