/** Ranges, filters, order, limits. */
import type { GenericMutationCtx } from 'convex/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Model, startApp } from '../test/app.ts'
import type { TestBackend } from '../testing.ts'

type Ctx = GenericMutationCtx<Model>
let app: TestBackend<Model>

beforeAll(async () => {
  app = await startApp()
  await app.run(async ({ db }) => {
    for (const [body, likes] of [
      ['a', 3],
      ['b', 1],
      ['c', 2],
      ['d', undefined],
      ['e', 2],
    ] as const) {
      await db.insert('messages', likes === undefined ? { channel: 'x', body } : { channel: 'x', body, likes })
    }
    await db.insert('messages', { channel: 'y', body: 'other', likes: 9 })
    for (const rank of [null, undefined, 1, -1]) {
      await db.insert('messages', { channel: 'r', body: String(rank), ...(rank === undefined ? {} : { rank }) })
    }
  })
})
afterAll(() => app.close())

const bodies = (rows: Record<string, unknown>[]) => rows.map(({ body }) => body).join('')
const read = (work: (ctx: Ctx) => Promise<Record<string, unknown>[]>) => app.run(async (ctx) => bodies(await work(ctx)))

const messages = ({ db }: Ctx) => db.query('messages')

describe('index ranges', () => {
  it('[QU1] an equality prefix and a bound, in both orders', async () => {
    const range = (ctx: Ctx) =>
      ctx.db.query('messages').withIndex('by_channel_likes', (q) => q.eq('channel', 'x').gte('likes', 2))
    expect(await read((ctx) => range(ctx).collect())).toBe('cea')
    expect(await read((ctx) => range(ctx).order('desc').collect())).toBe('aec')
  })

  it('[QU1] all four bounds lie where they should', async () => {
    const q = (ctx: Ctx) => ctx.db.query('messages')
    expect(
      await read((c) =>
        q(c)
          .withIndex('by_channel_likes', (r) => r.eq('channel', 'x').gt('likes', 2))
          .collect(),
      ),
    ).toBe('a')
    expect(
      await read((c) =>
        q(c)
          .withIndex('by_channel_likes', (r) => r.eq('channel', 'x').gt('likes', 1).lt('likes', 3))
          .collect(),
      ),
    ).toBe('ce')
    expect(
      await read((c) =>
        q(c)
          .withIndex('by_channel_likes', (r) => r.eq('channel', 'x').gte('likes', 1).lte('likes', 2))
          .collect(),
      ),
    ).toBe('bce')
  })

  it('[QU1] a missing field sorts below all, is found by undefined, and is not null', async () => {
    const q = (ctx: Ctx) => ctx.db.query('messages')
    expect(
      await read((c) =>
        q(c)
          .withIndex('by_channel_likes', (r) => r.eq('channel', 'x').lt('likes', 2))
          .collect(),
      ),
    ).toBe('db')
    expect(
      await read((c) =>
        q(c)
          .withIndex('by_rank', (r) => r.eq('rank', undefined))
          .filter((f) => f.eq(f.field('channel'), 'r'))
          .collect(),
      ),
    ).toBe('undefined')
    expect(
      await read((c) =>
        q(c)
          .withIndex('by_rank', (r) => r.eq('rank', null))
          .collect(),
      ),
    ).toBe('null')
    expect(
      await read((c) =>
        q(c)
          .withIndex('by_rank', (r) => r.gt('rank', undefined))
          .collect(),
      ),
    ).toBe('null-11')
  })

  it('[QU2] equalities may stand in any order', async () => {
    const any = (r: unknown) => r as { eq(field: string, value: unknown): never }
    expect(
      await read((c) =>
        c.db
          .query('messages')
          .withIndex('by_channel_likes', (r) => any(any(r).eq('likes', 2)).eq('channel', 'x'))
          .collect(),
      ),
    ).toBe('ce')
  })

  it('[QU2] what is not a prefix, and doubled bounds, are refused by name', async () => {
    const range = (build: (r: never) => never) =>
      read((c) =>
        c.db
          .query('messages')
          .withIndex('by_channel_likes', build as never)
          .collect(),
      )
    type Loose = Record<'eq' | 'gt' | 'gte' | 'lt', (field: string, value: unknown) => never>
    await expect(range((r: Loose) => r.eq('likes', 2))).rejects.toThrow(/messages\.by_channel_likes \[channel, likes/)
    await expect(range((r: Loose) => (r.gt('channel', 'a') as Loose).gte('channel', 'b'))).rejects.toThrow(
      'two lower bounds',
    )
    await expect(range((r: Loose) => r.lt('likes', 2))).rejects.toThrow(
      'must be on the next field of the index, channel',
    )
    await expect(
      read((c) =>
        c.db
          .query('messages')
          .withIndex('by_nothing' as never)
          .collect(),
      ),
    ).rejects.toThrow('Index messages.by_nothing not found')
  })

  it('[QU1] by_creation_time and by_id are there for every table', async () => {
    const first = await app.run(({ db }) => db.query('messages').first())
    expect(
      await read((c) =>
        c.db
          .query('messages')
          .withIndex('by_id', (r) => r.eq('_id', first?._id as never))
          .collect(),
      ),
    ).toBe('a')
    const since = first?._creationTime ?? 0
    expect(
      await read((c) =>
        c.db
          .query('messages')
          .withIndex('by_creation_time', (r) => r.gt('_creationTime', since))
          .take(2),
      ),
    ).toBe('bc')
  })
})

describe('filters and limits', () => {
  const where = (build: Parameters<ReturnType<typeof messages>['filter']>[0]) =>
    read((c) =>
      c.db
        .query('messages')
        .withIndex('by_channel', (r) => r.eq('channel', 'x'))
        .filter(build)
        .collect(),
    )

  it('[QU3] comparisons hold across types, undefined lowest', async () => {
    expect(await where((q) => q.lt(q.field('likes'), 2))).toBe('bd')
    expect(await where((q) => q.neq(q.field('likes'), 2))).toBe('abd')
    expect(await where((q) => q.eq(q.field('likes'), undefined))).toBe('d')
    expect(await where((q) => q.and(q.gte(q.field('likes'), 2), q.not(q.eq(q.field('body'), 'e'))))).toBe('ac')
    expect(await where((q) => q.or(q.eq(q.field('body'), 'a'), q.eq(q.field('body'), 'd')))).toBe('ad')
  })

  it('[QU3] arithmetic is for two numbers or two bigints', async () => {
    expect(
      await where((q) => q.and(q.neq(q.field('likes'), undefined), q.eq(q.mod(q.field('likes') as never, 2), 0))),
    ).toBe('ce')
    await expect(where((q) => q.eq(q.add(q.field('body') as never, 1), 2))).rejects.toThrow(
      'two numbers or two bigints',
    )
  })

  it('[QU3] a filter that is not a boolean is an error', async () => {
    await expect(where((q) => q.field('body') as never)).rejects.toThrow('must evaluate to a boolean')
  })

  it('[QU4] first, unique, take and iteration', async () => {
    expect(await app.run(({ db }) => db.query('counters').first())).toBeNull()
    await expect(app.run(({ db }) => db.query('messages').unique())).rejects.toThrow('more than one result')
    expect(await read((c) => c.db.query('messages').take(0))).toBe('')
    expect(
      await app.run(async ({ db }) => {
        for await (const row of db.query('messages').order('desc')) return row['channel']
      }),
    ).toBe('r')
  })
})
