// HTTP actions of the network tests.
import { httpActionGeneric, httpRouter, makeFunctionReference } from 'convex/server'

const set = makeFunctionReference<'mutation'>('cells:set')
const router = httpRouter()

const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } })

router.route({
  path: '/hello',
  method: 'GET',
  handler: httpActionGeneric(async (ctx, request) =>
    json({ path: new URL(request.url).pathname, who: (await ctx.auth.getUserIdentity())?.subject ?? null }),
  ),
})

router.route({
  path: '/echo',
  method: 'POST',
  handler: httpActionGeneric(async (_ctx, request) => {
    const headers = new Headers({ 'x-seen': request.headers.get('x-sent') ?? '' })
    headers.append('set-cookie', 'a=1')
    headers.append('set-cookie', 'b=2')
    return new Response(await request.arrayBuffer(), { status: 201, headers })
  }),
})

router.route({
  path: '/stream',
  method: 'GET',
  handler: httpActionGeneric(async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const encoder = new TextEncoder()
    const write = async () => {
      await writer.write(encoder.encode('one '))
      await writer.write(encoder.encode('two'))
      await writer.close()
    }
    void write()
    return new Response(readable)
  }),
})

/** Goes on writing whether anybody reads or not, and notes that it came to its end. */
router.route({
  path: '/long-stream',
  method: 'GET',
  handler: httpActionGeneric(async (ctx) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const write = async () => {
      for (let i = 0; i < 200; i++) await writer.write(new Uint8Array(64 * 1024))
      await writer.close()
      await ctx.runMutation(set, { name: 'streamed', value: true })
    }
    void write()
    return new Response(readable)
  }),
})

router.route({
  path: '/boom',
  method: 'GET',
  handler: httpActionGeneric(() => Promise.reject(new Error('boom'))),
})

export default router
