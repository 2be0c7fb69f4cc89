/** Serializable transactions: snapshots, conflicts, nested calls, exactly-once. */
import {
  anyApi,
  type FunctionReference,
  internalMutationGeneric as internalMutation,
  mutationGeneric as mutation,
  queryGeneric as query,
} from 'convex/server'
import { ConvexError, v } from 'convex/values'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../kernel/fakeClock.ts'
import type { ModuleMap } from '../backend.ts'
import { type Model, startApp } from '../test/app.ts'
import type { TestBackend } from '../testing.ts'

let app: TestBackend<Model>
afterEach(() => app.close())

const reference = <T extends 'query' | 'mutation'>(module: string, name: string) =>
  anyApi[module]?.[name] as unknown as FunctionReference<T, 'public' | 'internal'>

/** A gate that a test opens by hand while a function waits at it. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), opened }
}

describe('conflicts', () => {
  it('[TX1] two hundred racing increments all count, and some had to run again', async () => {
    app = await startApp()
    await Promise.all(Array.from({ length: 200 }, (_, i) => app.mutation('counters:add', { name: 'n', pauses: i % 7 })))
    expect(await app.query('counters:value', { name: 'n' })).toBe(200)
    expect(app.backend.counters().mutationRetries).toBeGreaterThan(0)
  })

  it('[TX1] a mutation that keeps losing gets through at last: others wait for it', async () => {
    app = await startApp()
    const slow = app.mutation('counters:add', { name: 'n', by: 1000, pauses: 200 })
    let isDone = false
    const watched = slow.then(() => {
      isDone = true
    })
    let quick = 0
    while (!isDone && quick < 5_000) {
      await app.mutation('counters:add', { name: 'n' })
      quick++
    }
    await watched
    expect(isDone).toBe(true)
    expect(await app.query('counters:value', { name: 'n' })).toBe(1000 + quick)
  })

  it('[TX1] transactions on other rows of the same table do not disturb each other', async () => {
    app = await startApp()
    for (const name of ['a', 'b']) await app.mutation('counters:add', { name })
    await Promise.all(
      ['a', 'b', 'a', 'b'].map((name, i) => app.mutation('counters:add', { name, pauses: i < 2 ? 3 : 0 })),
    )
    const before = app.backend.counters().mutationRetries
    await Promise.all(['a', 'b'].map((name) => app.mutation('counters:add', { name, pauses: 3 })))
    expect(app.backend.counters().mutationRetries).toBe(before)
  })

  it('[TX6] strict: mutations are run again at random, and pure ones come out the same', async () => {
    let state = 7
    const random = () => {
      state = (state * 1103515245 + 12345) % 2147483648
      return state / 2147483648
    }
    app = await startApp({ profile: 'strict', random })
    for (let i = 0; i < 100; i++) await app.mutation('counters:add', { name: 'n' })
    expect(await app.query('counters:value', { name: 'n' })).toBe(100)
    expect(app.backend.counters().mutationRetries).toBeGreaterThan(10)
  })
})

describe('snapshots', () => {
  it('[TX2] a running reader sees one moment: neither changes, nor additions, nor removals that came after', async () => {
    const entered = gate()
    const go = gate()
    const more: ModuleMap = {
      './slow.ts': {
        both: query({
          handler: async ({ db }) => {
            const first = await db.query('messages').collect()
            entered.open()
            await go.opened
            const again = await db.query('messages').order('desc').collect()
            return [first.map((row) => row['body']), again.reverse().map((row) => row['body'])]
          },
        }),
      },
    }
    app = await startApp({}, more)
    await app.mutation('messages:seed', { channel: 'c', from: 0, count: 60 })
    const running = app.query('slow:both')
    await entered.opened
    await app.run(async ({ db }) => {
      const rows = await db.query('messages').collect()
      await db.delete(rows[3]?._id as never)
      await db.patch(rows[5]?._id as never, { body: 'changed' })
      await db.insert('messages', { channel: 'c', body: 'new' })
    })
    go.open()
    // The query is run again after the commit: what counts is that each run was of one moment.
    const [first, again] = (await running) as [string[], string[]]
    expect(again).toEqual(first)
  })

  it('[TX2] the state of an earlier timestamp can be read', async () => {
    const clock = createFakeClock()
    app = await startApp({ clock })
    await app.mutation('counters:add', { name: 'n' })
    const ts = app.backend.latestTs()
    await app.mutation('counters:add', { name: 'n' })
    await app.run(async ({ db }) => db.delete((await db.query('counters').first())?._id as never))
    const at = (when?: bigint) =>
      app.backend.runQuery({
        path: 'counters:value',
        args: { name: 'n' },
        identity: null,
        ...(when ? { ts: when } : {}),
      })
    expect((await at(ts)).outcome).toMatchObject({ ok: true, value: '1' })
    expect((await at()).outcome).toMatchObject({ ok: true, value: 'null' })
    clock.advance(31_000)
    await app.mutation('counters:add', { name: 'n' })
    expect((await at(ts)).outcome).toMatchObject({ ok: false, errorMessage: expect.stringContaining('30 seconds') })
  })

  it('[TX3] a transaction reads its own writes, in order with the others, also while it scans', async () => {
    app = await startApp()
    await app.mutation('messages:seed', { channel: 'c', from: 0, count: 3 })
    const seen = await app.run(async ({ db }) => {
      const first = await db.query('messages').first()
      await db.insert('messages', { channel: 'c', body: 'mine', likes: 1.5 })
      await db.patch(first?._id as never, { likes: 9 })
      const order = await db
        .query('messages')
        .withIndex('by_channel_likes', (q) => q.eq('channel', 'c'))
        .collect()
      const whileScanning: string[] = []
      for await (const row of db.query('messages').withIndex('by_channel', (q) => q.eq('channel', 'c'))) {
        whileScanning.push(row.body)
        if (whileScanning.length < 8)
          await db.insert('messages', { channel: 'c', body: `added${whileScanning.length}` })
      }
      return [order.map(({ body }) => body), whileScanning]
    })
    expect(seen[0]).toEqual(['m1', 'mine', 'm2', 'm0'])
    expect(seen[1]?.slice(0, 5)).toEqual(['m0', 'm1', 'm2', 'mine', 'added1'])
  })
})

describe('nested calls', () => {
  const nested: ModuleMap = {
    './nested.ts': {
      child: internalMutation({
        args: { name: v.string(), fail: v.boolean() },
        handler: async (ctx, { name, fail }) => {
          await ctx.db.insert('counters', { name, value: 1 })
          await ctx.scheduler.runAfter(1_000, reference<'mutation'>('counters', 'add'), { name })
          if (fail) throw new ConvexError({ why: 'asked to', big: 5n })
        },
      }),
      parent: mutation({
        args: { fail: v.boolean() },
        handler: async (ctx, { fail }) => {
          await ctx.db.insert('counters', { name: 'parent', value: 1 })
          let caught: unknown = null
          try {
            await ctx.runMutation(reference<'mutation'>('nested', 'child'), { name: 'child', fail })
          } catch (error) {
            if (!(error instanceof ConvexError)) throw error
            caught = error.data
          }
          return { caught, sees: await ctx.runQuery(reference<'query'>('counters', 'value'), { name: 'child' }) }
        },
      }),
      together: mutation({
        handler: async (ctx) => {
          await Promise.all(
            [1, 2, 3].map(() => ctx.runMutation(reference<'mutation'>('counters', 'add'), { name: 'p', pauses: 3 })),
          )
          return await ctx.runQuery(reference<'query'>('counters', 'value'), { name: 'p' })
        },
      }),
      stale: mutation({
        handler: async (ctx) => {
          await ctx.db.insert('counters', { name: 's', value: 1 })
          const options = { useStaleSnapshot: true } as never
          return await ctx.runQuery(reference<'query'>('counters', 'value'), { name: 's' }, options)
        },
      }),
      deep: mutation({
        args: { left: v.number() },
        handler: async (ctx, { left }): Promise<unknown> =>
          left === 0 ? 0 : await ctx.runMutation(reference<'mutation'>('nested', 'deep'), { left: left - 1 }),
      }),
      limited: mutation({
        handler: async (ctx) =>
          await ctx.runMutation(reference<'mutation'>('counters', 'add'), { name: 'l' }, {
            transactionLimits: { documentsWritten: 0 },
          } as never),
      }),
    },
  }

  it('[TX4] what a child wrote is seen by its parent; what a failed child wrote and scheduled is gone', async () => {
    app = await startApp({}, nested)
    expect(await app.mutation('nested:parent', { fail: true })).toEqual({
      caught: { why: 'asked to', big: 5n },
      sees: null,
    })
    expect(app.snapshot()).toMatchObject({ counters: [{ name: 'parent' }], _scheduled_functions: [] })
    expect(await app.mutation('nested:parent', { fail: false })).toEqual({ caught: null, sees: 1 })
    expect(app.snapshot()['_scheduled_functions']).toHaveLength(1)
  })

  it('[TX4] concurrent children run one after the other', async () => {
    app = await startApp({}, nested)
    expect(await app.mutation('nested:together')).toBe(3)
  })

  it('[TX4] a stale snapshot does not show pending writes; depth and limits of children are bounded', async () => {
    app = await startApp({}, nested)
    expect(await app.mutation('nested:stale')).toBeNull()
    expect(await app.mutation('nested:deep', { left: 8 })).toBe(0)
    await expect(app.mutation('nested:deep', { left: 9 })).rejects.toThrow('nested more than 8 deep')
    await expect(app.mutation('nested:limited')).rejects.toThrow('Too many writes')
  })
})

describe('sessions', () => {
  const send = (requestId: number, name = 'n') =>
    app.backend.runMutation({
      path: 'counters:add',
      args: { name },
      identity: null,
      session: { sessionId: 's', requestId },
    })

  it('[TX5] a repeat gets the first answer and its timestamp, and changes nothing', async () => {
    app = await startApp()
    const first = await send(1)
    await app.mutation('counters:add', { name: 'other' })
    expect(await send(1)).toEqual(first)
    expect(await app.query('counters:value', { name: 'n' })).toBe(1)
    await send(2)
    expect(await app.query('counters:value', { name: 'n' })).toBe(2)
  })

  it('[TX5] the same request twice at once happens once', async () => {
    app = await startApp()
    const results = await Promise.all([send(1), send(1), send(1)])
    expect(new Set(results.map(({ ts }) => ts)).size).toBe(1)
    expect(await app.query('counters:value', { name: 'n' })).toBe(1)
  })

  it('[TX5] a failure is not remembered: it is run again', async () => {
    app = await startApp()
    const call = {
      path: 'errors:refuse',
      args: { name: 'x' },
      identity: null,
      session: { sessionId: 's', requestId: 9 },
    }
    expect((await app.backend.runMutation(call)).outcome.ok).toBe(false)
    const runs = app.backend.counters().mutationsRun
    await app.backend.runMutation(call)
    expect(app.backend.counters().mutationsRun).toBe(runs + 1)
    expect(app.snapshot()['counters']).toEqual([])
  })
})

describe('writes', () => {
  it('[DB5] system fields: not to be inserted, only repeated in patch and replace', async () => {
    app = await startApp()
    const id = await app.run(({ db }) => db.insert('counters', { name: 'a', value: 1 }))
    await app.run(async ({ db }) => {
      const row = await db.get(id)
      await db.patch(id, { _id: id, _creationTime: row?._creationTime, value: 2 } as never)
      await db.replace(id, { ...row, value: 3 } as never)
    })
    expect(app.snapshot()['counters']).toMatchObject([{ _id: id, value: 3 }])
    await expect(app.run(({ db }) => db.patch(id, { _id: 'other' } as never))).rejects.toThrow('_id cannot be changed')
    await expect(app.run(({ db }) => db.insert('counters', { _id: id, name: 'b', value: 1 } as never))).rejects.toThrow(
      'system field _id',
    )
  })

  it('[DB5] patch with undefined removes a field; what the schema forbids is refused with the table’s name', async () => {
    app = await startApp()
    const id = await app.run(({ db }) => db.insert('messages', { channel: 'c', body: 'b', likes: 1 }))
    await app.run(({ db }) => db.patch(id, { likes: undefined as never }))
    expect(Object.keys(app.snapshot()['messages']?.[0] ?? {})).not.toContain('likes')
    await expect(app.run(({ db }) => db.patch(id, { body: 5 } as never))).rejects.toThrow(
      /in table "messages".*\nPath: \.body/s,
    )
    await expect(app.run(({ db }) => db.patch(id, { channel: undefined as never }))).rejects.toThrow(
      'missing the required field `channel`',
    )
  })

  it('[DB6] ids: foreign ones are told apart, removed ones are null, junk is an error', async () => {
    app = await startApp()
    const id = await app.run(({ db }) => db.insert('counters', { name: 'a', value: 1 }))
    expect(
      await app.run(({ db }) =>
        Promise.resolve([
          db.normalizeId('counters', id),
          db.normalizeId('messages', id),
          db.normalizeId('counters', 'junk'),
        ]),
      ),
    ).toEqual([id, null, null])
    await expect(app.run(({ db }) => db.get('messages' as never, id as never))).rejects.toThrow(
      'does not match the document ID',
    )
    await app.run(({ db }) => db.delete(id))
    expect(await app.run(({ db }) => db.get(id))).toBeNull()
    await expect(app.run(({ db }) => db.delete(id))).rejects.toThrow('nonexistent document')
    await expect(app.run(({ db }) => db.get('junk' as never))).rejects.toThrow('Unable to decode ID')
  })

  it('[DB7] documents that are too large, too deep or too wide are refused', async () => {
    app = await startApp()
    const put = (value: unknown) => app.run(({ db }) => db.insert('anything', { value } as never))
    let deep: unknown = 0
    for (let i = 0; i < 17; i++) deep = [deep]
    await expect(put(deep)).rejects.toThrow('nested too deeply')
    await expect(put('x'.repeat(1024 * 1024))).rejects.toThrow('too large')
    await expect(put(new Array(8193).fill(0))).rejects.toThrow('Array length')
    await expect(put(Object.fromEntries(Array.from({ length: 1025 }, (_, i) => [`f${i}`, 0])))).rejects.toThrow(
      'too many fields',
    )
  })

  it('[DB8] the commit’s timestamp can be stored', async () => {
    app = await startApp()
    await app.run(({ db }) =>
      db.insert('anything', {
        at: (db as unknown as { vars: { commitTs: unknown } }).vars.commitTs,
        text: '{"$commitTs":null}',
      } as never),
    )
    const ts = app.backend.latestTs()
    expect(await app.run(({ db }) => db.query('anything').first())).toMatchObject({
      at: ts,
      text: '{"$commitTs":null}',
    })
  })

  it('[TX7] a transaction that reads or writes too much ends with the limit’s name', async () => {
    app = await startApp({ limits: { documentsRead: 10, documentsWritten: 5, databaseQueries: 20 } })
    for (let i = 0; i < 3; i++) await app.mutation('messages:seed', { channel: 'c', from: i * 4, count: 4 })
    await expect(app.query('messages:list', { channel: 'c', take: 11 })).rejects.toThrow(
      'Too many documents read in a single function execution (limit: 10)',
    )
    await expect(app.mutation('messages:seed', { channel: 'c', from: 0, count: 6 })).rejects.toThrow('Too many writes')
    await expect(
      app.run(async ({ db }) => {
        for (let i = 0; i < 21; i++) await db.query('counters').first()
      }),
    ).rejects.toThrow('Too many reads')
  })
})
