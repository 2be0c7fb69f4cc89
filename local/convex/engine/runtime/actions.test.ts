/** What functions may ask of the engine besides the database. */
import {
  actionGeneric as action,
  anyApi,
  createFunctionHandle,
  httpActionGeneric as httpAction,
  httpRouter,
  mutationGeneric as mutation,
  queryGeneric as query,
} from 'convex/server'
import { ConvexError, v } from 'convex/values'
import { afterEach, expect, it } from 'vitest'
import type { ModuleMap } from '../backend.ts'
import { ann, type Model, startApp } from '../test/app.ts'
import type { TestBackend } from '../testing.ts'

let app: TestBackend<Model>
afterEach(() => app.close())

const add = anyApi['counters']?.['add'] as never
const value = anyApi['counters']?.['value'] as never
const n = { name: 'n' } as never
const http = httpRouter()
http.route({
  path: '/stream',
  method: 'GET',
  handler: httpAction(async (ctx) => {
    let sent = 0
    const body = new ReadableStream({
      async pull(controller) {
        await ctx.runMutation(add, n)
        controller.enqueue(new TextEncoder().encode(`${await ctx.runQuery(value, n)} `))
        if (++sent === 3) controller.close()
      },
    })
    return new Response(body, { headers: { 'x-kind': 'stream' } })
  }),
})

const more: ModuleMap = {
  './http.ts': { default: http },
  './acts.ts': {
    work: action({
      handler: async (ctx) => {
        await ctx.runMutation(add, n)
        await ctx.runMutation(add, n)
        const caught = await ctx.runMutation(anyApi['errors']?.['refuse'] as never, n).catch((error: unknown) => error)
        return {
          value: (await ctx.runQuery(value, n)) as number,
          data: caught instanceof ConvexError ? (caught.data as string) : 'no ConvexError',
          who: (await ctx.auth.getUserIdentity())?.subject ?? null,
          nested: (await ctx.runAction(anyApi['acts']?.['leaf'] as never)) as string,
        }
      },
    }),
    leaf: action({ handler: async (ctx) => `leaf of ${(await ctx.auth.getUserIdentity())?.subject ?? 'nobody'}` }),
    files: mutation({ handler: async (ctx) => await ctx.storage.generateUploadUrl() }),
    blob: action({ handler: async (ctx) => await ctx.storage.store(new Blob(['x'])) }),
    vectors: action({
      handler: async (ctx) => await ctx.vectorSearch('t' as never, 'i' as never, { vector: [1] } as never),
    }),
    sign: mutation({
      handler: async (ctx) => await (ctx.auth as unknown as { signJwt(o: object): Promise<string> }).signJwt({}),
    }),
    component: mutation({
      handler: async (ctx) =>
        await ctx.runMutation({
          [Symbol.for('toReferencePath')]: '_reference/childComponent/rateLimiter/lib/check',
        } as never),
    }),
    write: query({ handler: async (ctx) => await (ctx.db as unknown as { insert?: unknown }).insert }),
    handle: mutation({
      handler: async (ctx) => {
        const handle = await createFunctionHandle(add)
        await ctx.runMutation(handle as never, n)
        return handle as string
      },
    }),
    meta: mutation({
      handler: async (ctx) => {
        const { meta } = ctx as unknown as {
          meta: Record<
            'getFunctionMetadata' | 'getTransactionMetrics' | 'getDeploymentMetadata' | 'getRequestMetadata',
            () => Promise<Record<string, unknown>>
          >
        }
        await ctx.db.insert('counters', { name: 'm', value: 0 })
        return {
          fn: await meta.getFunctionMetadata(),
          metrics: await meta.getTransactionMetrics(),
          deployment: await meta.getDeploymentMetadata(),
          request: await meta.getRequestMetadata(),
        }
      },
    }),
    forgotten: mutation({
      args: { x: v.optional(v.number()) },
      handler: async (ctx) => {
        // Not awaited on purpose: an insert happens at once, so it is part of the transaction.
        void ctx.db.insert('counters', { name: 'forgotten', value: 1 })
      },
    }),
  },
}

it('[RT11] an action’s calls are transactions of their own, with its identity, and errors arrive as they were thrown', async () => {
  app = await startApp({}, more)
  expect(await app.action('acts:work', {}, { identity: ann })).toEqual({
    value: 2,
    data: { code: 'refused', amount: 3n },
    who: 'ann',
    nested: 'leaf of ann',
  })
})

it.each([
  ['mutation', 'acts:files', 'File storage (ctx.storage) is not built'],
  ['action', 'acts:blob', 'File storage (ctx.storage) is not built'],
  ['action', 'acts:vectors', 'Vector search (ctx.vectorSearch) is not built'],
  ['mutation', 'acts:sign', 'Signing tokens (ctx.auth.signJwt) is not built'],
  [
    'mutation',
    'acts:component',
    'Cannot call _reference/childComponent/rateLimiter/lib/check. Components are not built',
  ],
] as const)('[RT12] %s %s answers with one sentence that names what is missing', async (type, path, sentence) => {
  app = await startApp({}, more)
  await expect(app[type](path)).rejects.toThrow(sentence)
})

it('[RT12] an unknown operation says so in the words the SDK looks for', async () => {
  app = await startApp({}, more)
  const { Convex } = globalThis as unknown as {
    Convex: { syscall(op: string, args: string): string; asyncSyscall(op: string, args: string): Promise<string> }
  }
  await expect(Convex.asyncSyscall('1.0/nothing', '{}')).rejects.toThrow('Unknown async operation 1.0/nothing')
  expect(() => Convex.syscall('1.0/nothing', '{}')).toThrow('Unknown operation 1.0/nothing')
  await expect(Convex.asyncSyscall('1.0/get', '{}')).rejects.toThrow('outside of a Convex function')
})

it('[RT13] function handles are stable strings that can be called', async () => {
  app = await startApp({}, more)
  expect(await app.mutation('acts:handle')).toBe('function://counters:add')
  expect(await app.query('counters:value', { name: 'n' })).toBe(1)
})

it('[RT14] metadata: name, counters with what is left, the deployment', async () => {
  app = await startApp({}, more)
  expect(await app.mutation('acts:meta')).toMatchObject({
    fn: { name: 'acts:meta', type: 'mutation', visibility: 'public', componentPath: '' },
    metrics: { documentsWritten: { used: 1, remaining: 15_999 }, functionsScheduled: { used: 0, remaining: 1_000 } },
    deployment: { name: 'local', region: null },
    request: { ip: null, userAgent: null, scheduledFunctionId: null, authToken: null },
  })
})

it('[RT15] a write that nobody awaited is in the transaction', async () => {
  app = await startApp({}, more)
  await app.mutation('acts:forgotten')
  expect(app.snapshot()['counters']).toMatchObject([{ name: 'forgotten' }])
})

it('[RT9] a streamed body still calls functions after its action returned, and goes on when the reader leaves', async () => {
  app = await startApp({}, more)
  const response = await app.fetch('/stream')
  expect([response.headers.get('x-kind'), await response.text()]).toEqual(['stream', '1 2 3 '])
  const left = await app.fetch('/stream')
  const reader = left.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  await expect.poll(() => app.query('counters:value', { name: 'n' })).toBe(6)
})
