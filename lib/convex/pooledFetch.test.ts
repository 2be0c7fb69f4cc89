import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { expect, it, onTestFinished } from 'vitest'
import { createPooledFetch } from './pooledFetch.ts'

async function serve(listener: RequestListener) {
  const server = createServer(listener)
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections }
}

const echo: RequestListener = (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { method, url, headers } = request
    const body = Buffer.concat(chunks).toString()
    response
      .writeHead(207, { 'content-type': 'application/json' })
      .end(JSON.stringify({ method, url, kind: headers['x-kind'], length: headers['content-length'], body }))
  })
}

it('sends method, headers and text as they are, and gives back status, headers and body', async () => {
  const { origin } = await serve(echo)
  const pooled = createPooledFetch()
  const response = await pooled(`${origin}/a?b=1`, { method: 'POST', headers: { 'X-Kind': 'k' }, body: '“näh”' })
  expect([response.status, response.headers.get('content-type')]).toEqual([207, 'application/json'])
  expect(await response.json()).toEqual({ method: 'POST', url: '/a?b=1', kind: 'k', length: '10', body: '“näh”' })
})

it('uses one connection for calls that follow each other, and more only for calls at once', async () => {
  const { origin, connections } = await serve(echo)
  const pooled = createPooledFetch()
  for (let call = 0; call < 5; call += 1) await (await pooled(origin)).text()
  expect(connections()).toBe(1)
  await Promise.all(Array.from({ length: 4 }, async () => (await pooled(origin)).text()))
  expect(connections()).toBe(4)
})

it('fails for a dead port, an answer cut halfway and a call that was given up', async () => {
  const cut = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{')
    setImmediate(() => response.destroy())
  })
  const silent = await serve(() => undefined)
  const pooled = createPooledFetch()
  await expect(pooled('http://127.0.0.1:1')).rejects.toThrow('ECONNREFUSED')
  await expect(pooled(cut.origin)).rejects.toThrow('aborted')
  await expect(pooled(silent.origin, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort/i)
})

it('is enough of a fetch for the official client', async () => {
  const { origin } = await serve((_request, response) => response.end('{"status":"success","value":{"kind":"ok"}}'))
  const client = new ConvexHttpClient(origin, { fetch: createPooledFetch(), logger: false })
  const append = makeFunctionReference<'mutation'>('text:append')
  expect(await client.mutation(append, {}, { skipQueue: true })).toEqual({ kind: 'ok' })
})
