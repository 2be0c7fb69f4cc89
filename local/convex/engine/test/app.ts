/** A small app of real SDK functions, shared by the engine's tests. */
import {
  actionGeneric as action,
  anyApi,
  type DataModelFromSchemaDefinition,
  defineSchema,
  defineTable,
  httpActionGeneric as httpAction,
  httpRouter,
  internalMutationGeneric as internalMutation,
  mutationGeneric as mutation,
  paginationOptsValidator,
  queryGeneric as query,
} from 'convex/server'
import { ConvexError, v } from 'convex/values'
import type { BackendOptions, ModuleMap } from '../backend.ts'
import { createTestBackend, type TestBackend } from '../testing.ts'

export const schema = defineSchema({
  messages: defineTable({
    channel: v.string(),
    body: v.string(),
    likes: v.optional(v.number()),
    rank: v.optional(v.union(v.number(), v.null())),
  })
    .index('by_channel', ['channel'])
    .index('by_channel_likes', ['channel', 'likes'])
    .index('by_rank', ['rank']),
  counters: defineTable({ name: v.string(), value: v.number() }).index('by_name', ['name']),
  anything: defineTable(v.any()),
})

const list = query({
  args: { channel: v.string(), take: v.optional(v.number()) },
  handler: async (ctx, { channel, take }) => {
    const rows = ctx.db.query('messages').withIndex('by_channel', (q) => q.eq('channel', channel))
    return (await rows.order('desc').take(take ?? 20)).map(({ body }) => String(body))
  },
})

const page = query({
  args: { channel: v.string(), paginationOpts: paginationOptsValidator },
  handler: (ctx, { channel, paginationOpts }) =>
    ctx.db
      .query('messages')
      .withIndex('by_channel', (q) => q.eq('channel', channel))
      .paginate(paginationOpts),
})

const add = mutation({
  args: { name: v.string(), by: v.optional(v.number()), pauses: v.optional(v.number()) },
  handler: async (ctx, { name, by = 1, pauses = 0 }) => {
    const counter = await ctx.db
      .query('counters')
      .withIndex('by_name', (q) => q.eq('name', name))
      .unique()
    // Each await lets others in between the read and the write.
    for (let i = 0; i < pauses; i++) await Promise.resolve()
    if (!counter) await ctx.db.insert('counters', { name, value: by })
    else await ctx.db.patch(counter._id, { value: counter['value'] + by })
  },
})

const value = query({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    const counter = await ctx.db
      .query('counters')
      .withIndex('by_name', (q) => q.eq('name', name))
      .unique()
    return counter ? Number(counter['value']) : null
  },
})

const http = httpRouter()
http.route({
  path: '/add',
  method: 'POST',
  handler: httpAction(async (ctx, request) => {
    await ctx.runMutation(anyApi['counters']?.['add'] as never, { name: await request.text() } as never)
    return new Response('added', { status: 201 })
  }),
})
http.route({
  pathPrefix: '/who/',
  method: 'GET',
  handler: httpAction(async (ctx) => Response.json(await ctx.auth.getUserIdentity())),
})
http.route({
  path: '/broken',
  method: 'GET',
  handler: httpAction(() => Promise.reject(new Error('broken pipe'))),
})

export const modules: ModuleMap = {
  './messages.ts': {
    list,
    page,
    send: mutation({
      args: { channel: v.string(), body: v.string() },
      returns: v.id('messages'),
      handler: (ctx, args) => ctx.db.insert('messages', args),
    }),
    seed: internalMutation({
      args: { channel: v.string(), from: v.number(), count: v.number() },
      handler: async (ctx, { channel, from, count }) => {
        for (let i = from; i < from + count; i++) {
          await ctx.db.insert('messages', { channel, body: `m${i}`, likes: i })
        }
      },
    }),
  },
  './counters.ts': { add, value },
  './people.ts': {
    me: query({ handler: async (ctx) => (await ctx.auth.getUserIdentity())?.subject ?? null }),
    nobody: query({ handler: async () => 'same for all' }),
  },
  './errors.ts': {
    refuse: mutation({
      args: { name: v.string() },
      handler: async (ctx, { name }) => {
        await ctx.db.insert('counters', { name, value: 1 })
        throw new ConvexError({ code: 'refused', amount: 3n })
      },
    }),
    missing: query({
      args: { name: v.string() },
      handler: async (ctx, { name }) => {
        const found = await ctx.db
          .query('counters')
          .withIndex('by_name', (q) => q.eq('name', name))
          .first()
        if (!found) throw new Error(`no counter ${name}`)
        return found['value'] as number
      },
    }),
    wrongReturn: query({ returns: v.number(), handler: async () => 'text' as unknown as number }),
    plain: action({ handler: async () => Promise.reject(new ConvexError('plain')) }),
  },
  './http.ts': { default: http },
}

export type Model = DataModelFromSchemaDefinition<typeof schema>

export async function startApp(
  options: Partial<BackendOptions> = {},
  more: ModuleMap = {},
): Promise<TestBackend<Model>> {
  const app = await createTestBackend<Model>(options)
  const report = await app.backend.deploy({ modules: { ...modules, ...more }, schema })
  if (!report.ok) throw new Error(report.message)
  return app
}

export const ann = { tokenIdentifier: 'https://issuer|ann', subject: 'ann', issuer: 'https://issuer' }
export const bob = { tokenIdentifier: 'https://issuer|bob', subject: 'bob', issuer: 'https://issuer' }
