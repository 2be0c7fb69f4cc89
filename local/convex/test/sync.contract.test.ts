// The sync protocol as the official reactive clients use it, against the real engine.
import { randomBytes } from 'node:crypto'
import { ConvexHttpClient } from 'convex/browser'
import { ConvexReactClient } from 'convex/react'
import type { PaginationResult } from 'convex/server'
import { ConvexError } from 'convex/values'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { createFakeClock } from '../../kernel/fakeClock.ts'
import { seededRandom } from '../../kernel/seededRandom.ts'
import { cells, items } from './api.ts'
import { clientOptions, connect, watch } from './clients.ts'
import { addQuery, modifyQuerySet, openRawSocket, type RawSocket } from './rawSocket.ts'
import { startTestServer, type TestServer } from './startTestServer.ts'
import { until } from './until.ts'

/** Cuts every socket as a network failure would; the clients come back by themselves. */
function cutSockets({ server }: TestServer): Promise<unknown> {
  return server.dropSockets()
}

describe('queries', () => {
  test('[SY6] a subscription shows the value and every later one', async () => {
    const { url } = await startTestServer()
    const client = connect(url)
    const { seen } = watch(client, cells.get, { name: 'a' })
    await until('the first value', () => seen.length === 1)
    await client.mutation(cells.set, { name: 'a', value: 1 })
    await client.mutation(cells.set, { name: 'a', value: { deep: 2n } })
    expect(seen).toEqual([null, 1, { deep: 2n }])
  })

  test('[SY6] a write that a query does not read does not run it again', async () => {
    const { url, backend } = await startTestServer()
    const client = connect(url)
    const { seen } = watch(client, cells.get, { name: 'a' })
    await until('the first value', () => seen.length === 1)
    const before = backend.counters().queriesRun
    await client.mutation(cells.set, { name: 'b', value: 1 })
    expect(backend.counters().queriesRun).toBe(before)
    expect(seen).toEqual([null])
  })

  test('two clients see the same, and one that joins late sees what is there', async () => {
    const { url } = await startTestServer()
    const [one, two] = [connect(url), connect(url)]
    const first = watch(one, cells.get, { name: 'a' })
    const second = watch(two, cells.get, { name: 'a' })
    for (let i = 1; i <= 5; i++) await one.mutation(cells.set, { name: 'a', value: i })
    await until('both to be there', () => first.seen.at(-1) === 5 && second.seen.at(-1) === 5)
    const late = watch(connect(url), cells.get, { name: 'a' })
    await until('the late one', () => late.seen.length === 1)
    expect(late.seen).toEqual([5])
  })

  test('[SY7] a query that fails shows its error, and recovers when what it read changes', async () => {
    const { url } = await startTestServer()
    const client = connect(url)
    const { seen, errors } = watch(client, cells.fragile, { name: 'a' })
    await until('the first value', () => seen.length === 1)
    await client.mutation(cells.set, { name: 'a', value: 'broken' })
    await until('the error', () => errors.length === 1)
    expect(errors[0]).toBeInstanceOf(ConvexError)
    await client.mutation(cells.set, { name: 'a', value: 'whole' })
    expect(seen).toEqual([null, 'whole'])
  })

  test('[SY9] a result of six megabytes arrives, in parts', async () => {
    const { url } = await startTestServer()
    const length = 6_000_000
    const { seen } = watch(connect(url), cells.text, { length })
    await until('the long text', () => seen.length === 1, 20_000)
    expect(seen[0]).toBe('é漢🎉x'.repeat(length / 5))
    const raw = await openRawSocket(url)
    raw.send(modifyQuerySet(0, addQuery(0, 'cells:text', { length })))
    await until(
      'all parts',
      () => {
        const parts = raw.ofType('TransitionChunk')
        return parts.length > 1 && parts.length === parts[0]?.['totalParts']
      },
      20_000,
    )
    const whole = JSON.parse(
      raw
        .ofType('TransitionChunk')
        .map((part) => part['chunk'])
        .join(''),
    )
    expect(whole.modifications[0].value).toBe(seen[0])
  })
})

describe('mutations', () => {
  test('[SY10] resolve without any subscription, failures with their ConvexError, actions on their own', async () => {
    const { url } = await startTestServer()
    const client = connect(url)
    expect(await client.mutation(cells.increment, { name: 'n' })).toBe(1)
    expect(await client.mutation(cells.nothing, {})).toBeNull()
    expect(await client.action(cells.shout, { text: 'x' })).toBe('X')
    const error = await client.mutation(cells.refuse, {}).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ data: { code: 'refused', n: 1n } })
  })

  test('[SY11] two hundred racing increments from four clients all count', async () => {
    const { url } = await startTestServer()
    const clients = [1, 2, 3, 4].map(() => connect(url))
    const { seen } = watch(connect(url), cells.get, { name: 'n' })
    const results = await Promise.all(
      clients.flatMap((client) => Array.from({ length: 50 }, () => client.mutation(cells.increment, { name: 'n' }))),
    )
    expect(new Set(results).size).toBe(200)
    await until('the last value', () => seen.at(-1) === 200)
    const numbers = seen.slice(1)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  })

  test('[SY11] in the strict profile, with random retries and cut sockets, every increment counts exactly once', async () => {
    const started = await startTestServer({ profile: 'strict', random: seededRandom(7) })
    const clients = [connect(started.url), connect(started.url)]
    const all = Promise.all(
      clients.flatMap((client) => Array.from({ length: 50 }, () => client.mutation(cells.increment, { name: 'n' }))),
    )
    await started.server.dropSockets()
    const results = await all
    expect([...results].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    expect(started.backend.counters().mutationRetries).toBeGreaterThan(0)
  })

  test('[SY10] an optimistic update is replaced by the real result without a flicker', async () => {
    const { url } = await startTestServer()
    const client = new ConvexReactClient(url, clientOptions)
    onTestFinished(() => client.close())
    const query = client.watchQuery(cells.get, { name: 'a' })
    const seen: unknown[] = []
    query.onUpdate(() => seen.push(query.localQueryResult()))
    await until('the first value', () => seen.length === 1)
    const done = client.mutation(
      cells.set,
      { name: 'a', value: 'real' },
      { optimisticUpdate: (store) => store.setQuery(cells.get, { name: 'a' }, 'guess') },
    )
    await done
    expect(seen).toEqual([null, 'guess', 'real'])
  })

  test('[SY17] a mutation repeated by a reconnecting session is executed once and answered the same', async () => {
    const { url, backend } = await startTestServer()
    const sessionId = crypto.randomUUID()
    const mutation = { type: 'Mutation', requestId: 7, udfPath: 'cells:increment', args: [{ name: 'n' }] }
    const answers: unknown[] = []
    for (let i = 0; i < 3; i++) {
      const raw = await openRawSocket(url, { sessionId })
      raw.send(mutation)
      await until(
        'answer and transition',
        () => raw.ofType('MutationResponse').length === 1 && raw.ofType('Transition').length === 1,
      )
      answers.push(raw.messages[0])
      raw.ws.terminate()
    }
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect((await backend.runQuery({ path: 'cells:get', args: { name: 'n' }, identity: null })).outcome).toMatchObject({
      value: '1',
    })
  })

  test('[SY17] the same request on two sockets of one session at once is executed once', async () => {
    const { url } = await startTestServer()
    const sessionId = crypto.randomUUID()
    const sockets = await Promise.all([1, 2, 3, 4].map(() => openRawSocket(url, { sessionId })))
    for (const raw of sockets)
      raw.send({ type: 'Mutation', requestId: 1, udfPath: 'cells:increment', args: [{ name: 'n' }] })
    for (const raw of sockets) await until('its answer', () => raw.ofType('MutationResponse').length === 1)
    expect(sockets.map((raw) => raw.ofType('MutationResponse')[0]?.['result'])).toEqual([1, 1, 1, 1])
  })

  test('[SY17] mutations in flight when the connection is cut arrive exactly once', async () => {
    const started = await startTestServer()
    const client = connect(started.url)
    const { seen } = watch(client, cells.get, { name: 'n' })
    await until('the first value', () => seen.length === 1)
    const all = Promise.all(Array.from({ length: 40 }, () => client.mutation(cells.increment, { name: 'n' })))
    await cutSockets(started)
    const results = await all
    expect([...results].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    await until('the last value', () => seen.at(-1) === 40)
  })
})

describe('pagination', () => {
  const opts = (cursor: string | null) => ({ numItems: 3, cursor, id: 1 })
  const positions = (page: PaginationResult<{ position: number }> | undefined) =>
    page?.page.map((item) => item.position)

  test('[SY18] a page keeps its ends: it grows with what is inserted inside, also after a reconnect', async () => {
    const started = await startTestServer()
    const client = connect(started.url)
    await client.mutation(items.add, { list: 'l', positions: [10, 20, 30, 40, 50] })
    const { seen } = watch(client, items.page, {
      list: 'l',
      paginationOpts: opts(null),
    })
    await until('the first page', () => seen.length === 1)
    expect(positions(seen[0])).toEqual([10, 20, 30])
    await client.mutation(items.add, { list: 'l', positions: [15] })
    await until('the grown page', () => positions(seen.at(-1))?.length === 4)
    await cutSockets(started)
    await new ConvexHttpClient(started.url).mutation(items.add, { list: 'l', positions: [25, 35] })
    await until('the page after the reconnect', () => positions(seen.at(-1))?.length === 5)
    expect(positions(seen.at(-1))).toEqual([10, 15, 20, 25, 30])
  })

  test('[SY18] the official paginated query loads page after page without gap or overlap', async () => {
    const { url } = await startTestServer()
    const client = connect(url)
    await client.mutation(items.add, { list: 'l', positions: [1, 2, 3, 4, 5, 6, 7] })
    type Result = { results: { position: number }[]; status: string; loadMore(n: number): boolean }
    let latest: Result | undefined
    // The hook adds the page options itself; its type asks for them all the same.
    const listOnly = { list: 'l' } as { list: string; paginationOpts: never }
    client.onPaginatedUpdate_experimental(items.page, listOnly, { initialNumItems: 3 }, (result) => {
      latest = result as unknown as Result
    })
    await until('the first page', () => latest?.results.length === 3)
    latest?.loadMore(3)
    await until('the second page', () => latest?.results.length === 6)
    await client.mutation(items.add, { list: 'l', positions: [2.5] })
    await until('the inserted item', () => latest?.results.length === 7)
    expect(latest?.results.map((item) => item.position)).toEqual([1, 2, 2.5, 3, 4, 5, 6])
  })
})

describe('connections', () => {
  test('[SY1] any version segment and none are accepted, other paths are not', async () => {
    const { url } = await startTestServer()
    const status = (path: string) =>
      new Promise((resolve) => {
        const ws = new WebSocket(`${url.replace('http', 'ws')}${path}`)
        ws.on('open', () => {
          resolve('open')
          ws.terminate()
        })
        ws.on('unexpected-response', (_request, response) => resolve(response.statusCode))
        ws.on('error', () => resolve('error'))
      })
    expect(await status('/api/sync')).toBe('open')
    expect(await status('/api/1.99.0/sync')).toBe('open')
    expect(await status('/api/1.48.0/nonsense')).toBe(404)
    expect(await status('/')).toBe(404)
  })

  test('[SY3] junk ends its own socket and disturbs nobody else', async () => {
    const { url, server } = await startTestServer()
    const client = connect(url)
    const { seen } = watch(client, cells.get, { name: 'a' })
    await until('the first value', () => seen.length === 1)
    const junk: (string | Buffer)[] = [
      'junk',
      '[]',
      '{"type":"Mutation","requestId":1,"udfPath":"cells:set","args":[{}]}',
      '{"type":"Connect","sessionId":1}',
      Buffer.from([0xff, 0xfe]),
      `${'['.repeat(100_000)}`,
      `{"type":"Connect","sessionId":"s","connectionCount":0,"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ]
    for (const message of junk) {
      const raw = await openRawSocket(url, { connect: false })
      raw.ws.send(message)
      raw.ws.send('{"type":"ModifyQuerySet","baseVersion":5,"newVersion":6,"modifications":[]}')
      await until('the socket to be closed', () => raw.closed)
      expect(raw.ofType('FatalError')).toHaveLength(1)
    }
    await client.mutation(cells.set, { name: 'a', value: 'still here' })
    expect(seen).toEqual([null, 'still here'])
    await until('only the client to be left', () => server.socketCount() === 1)
  })

  test('[SY3] deeply nested arguments fail their call, not the server', async () => {
    const { url } = await startTestServer()
    const raw = await openRawSocket(url)
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    raw.send(`{"type":"Mutation","requestId":1,"udfPath":"cells:set","args":[{"name":"a","value":${deep}}]}`)
    await until('an answer or the end', () => raw.closed ?? raw.ofType('MutationResponse')[0])
    expect((await fetch(`${url}/health`)).status).toBe(200)
    const client = connect(url)
    expect(await client.mutation(cells.set, { name: 'a', value: 1 })).toBe(1)
  })

  test('[SY19] a small streamed update costs few bytes on the wire', async () => {
    const { url, backend } = await startTestServer()
    const raw = await openRawSocket(url)
    raw.send(modifyQuerySet(0, addQuery(0, 'cells:get', { name: 'stream' })))
    await until('the first transition', () => raw.ofType('Transition').length === 1)
    const start = raw.bytesRead()
    const words = 'a night shift keeps working when you leave and is there when you return with all of it'.split(' ')
    let textBytes = 0
    for (let i = 0; i < 200; i++) {
      const text = `${words[i % words.length]} ${words[(i * 7) % words.length]} `
      textBytes += text.length
      const value = { key: '1.model-0.1', from: textBytes, text }
      await backend.runMutation({ path: 'cells:set', args: { name: 'stream', value }, identity: null })
      await until('its transition', () => raw.ofType('Transition').length === i + 2)
    }
    const perByte = (raw.bytesRead() - start) / textBytes
    expect(raw.ws.extensions).toContain('permessage-deflate')
    // Measured 2.8: 27 bytes for a transition with ten characters of text.
    expect(perByte).toBeLessThan(5)
  })

  test('[SY15] a client that stops reading costs bounded work and memory, and catches up with the newest state', async () => {
    const { url, backend } = await startTestServer()
    const raw = await openRawSocket(url)
    raw.send(modifyQuerySet(0, addQuery(0, 'cells:get', { name: 'big' })))
    await until('the first transition', () => raw.ofType('Transition').length === 1)
    raw.ws.pause()
    const writes = 80
    for (let i = 1; i <= writes; i++) {
      // Random, so that compression cannot make it small.
      const value = { i, noise: randomBytes(400_000).toString('base64') }
      await backend.runMutation({ path: 'cells:set', args: { name: 'big', value }, identity: null })
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(backend.counters().queriesRun).toBeLessThan(writes / 2)
    raw.ws.resume()
    await until('the newest state', () => raw.texts.at(-1)?.includes(`"i":${writes},`), 20_000)
    expect(raw.ofType('Transition').length).toBeLessThan(writes / 2)
  })

  test('[SY20] a thousand sockets on one query: one execution and one serialization a write', {
    timeout: 60_000,
  }, async () => {
    const { url, backend } = await startTestServer()
    const outcomes = new Set<unknown>()
    const { watchQuery } = backend
    backend.watchQuery = async (call, onInvalid) => {
      const watched = await watchQuery.call(backend, call, onInvalid)
      outcomes.add(watched.outcome)
      return watched
    }
    const sockets: RawSocket[] = []
    for (let i = 0; i < 20; i++)
      sockets.push(...(await Promise.all(Array.from({ length: 50 }, () => openRawSocket(url)))))
    for (const raw of sockets) raw.send(modifyQuerySet(0, addQuery(0, 'cells:get', { name: 'hot' })))
    await until('all first results', () => sockets.every((raw) => raw.ofType('Transition').length === 1), 30_000)
    expect(backend.counters().queriesRun).toBe(1)
    expect(outcomes.size).toBe(1)
    for (let write = 1; write <= 5; write++) {
      await backend.runMutation({ path: 'cells:set', args: { name: 'hot', value: `write ${write}` }, identity: null })
      await until(
        'the write everywhere',
        () => sockets.every((raw) => raw.texts.at(-1)?.includes(`write ${write}`)),
        30_000,
      )
      expect(backend.counters().queriesRun).toBe(1 + write)
      expect(outcomes.size).toBe(1 + write)
    }
    expect(sockets.every((raw) => raw.ofType('Transition').length === 6)).toBe(true)
  })

  test('[SY22] a quiet socket hears a Ping, and one that answers nothing for two minutes is cut', async () => {
    const clock = createFakeClock(Date.now())
    const { url, server } = await startTestServer({ clock })
    const raw = await openRawSocket(url)
    raw.send(modifyQuerySet(0))
    await until('the first transition', () => raw.ofType('Transition').length === 1)
    clock.advance(10_000)
    expect(raw.ofType('Ping')).toHaveLength(0)
    clock.advance(10_000)
    await until('the ping', () => raw.ofType('Ping').length > 0)
    clock.advance(125_000)
    await until('the end', () => raw.closed)
    expect(server.socketCount()).toBe(0)
  })

  test('[SY21] new code reaches open sockets without a reconnect', async () => {
    const { url, backend, server } = await startTestServer()
    const client = connect(url)
    const { seen } = watch(client, cells.echo, { value: 1 })
    await until('the first value', () => seen.length === 1)
    const { queryGeneric, mutationGeneric } = await import('convex/server')
    const report = await backend.deploy({
      modules: {
        'cells.ts': {
          echo: queryGeneric({ handler: () => 'new code' }),
          nothing: mutationGeneric({ handler: () => null }),
        },
      },
    })
    expect(report).toMatchObject({ ok: true })
    await until('the new result', () => seen.at(-1) === 'new code')
    expect(server.socketCount()).toBe(1)
    expect(client.connectionState().connectionCount).toBe(1)
  })
})
