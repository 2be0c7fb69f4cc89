// The HTTP side as the official HTTP client, curl-like callers and browsers see it.
import { request as nodeRequest } from 'node:http'
import { ConvexHttpClient } from 'convex/browser'
import { fetchAction, fetchMutation, fetchQuery, preloadedQueryResult, preloadQuery } from 'convex/nextjs'
import { anyApi } from 'convex/server'
import { ConvexError } from 'convex/values'
import { describe, expect, test } from 'vitest'
import { cells } from './api.ts'
import { ADMIN_KEY, startTestServer } from './startTestServer.ts'
import { until } from './until.ts'

const clientOf = (url: string) => new ConvexHttpClient(url, { logger: false })

function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(url, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } })
}

describe('the official HTTP client', () => {
  test('[HT1] calls queries, mutations and actions, with every kind of value intact', async () => {
    const { url } = await startTestServer()
    const client = clientOf(url)
    const value = { n: 12n, bytes: new Uint8Array([1, 2]).buffer, list: [null, true, -0.5], nan: Number.NaN }
    expect(await client.mutation(cells.set, { name: 'a', value })).toEqual(value)
    expect(await client.query(cells.get, { name: 'a' })).toEqual(value)
    expect(await client.action(cells.shout, { text: 'hi' })).toBe('HI')
  })

  test('[HT1] sees an ordinary error with its text and a ConvexError with its data', async () => {
    const { url } = await startTestServer()
    const client = clientOf(url)
    await expect(client.query(cells.crash, {})).rejects.toThrow('an ordinary error')
    const error = await client.mutation(cells.refuse, {}).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ConvexError)
    expect(error).toMatchObject({ data: { code: 'refused', n: 1n } })
  })

  test('[HT1] is told the name of a function that does not exist, and cannot call internal ones', async () => {
    const { url } = await startTestServer()
    const client = clientOf(url)
    await expect(client.query(anyApi['cells']?.['nope'] as never, {})).rejects.toThrow(/cells:nope/)
    await expect(client.query(cells.secret as never, {} as never)).rejects.toThrow(/cells:secret/)
  })

  test('[HT1] reads several queries as of one moment with consistentQuery', async () => {
    const { url } = await startTestServer()
    const client = clientOf(url)
    await client.mutation(cells.set, { name: 'a', value: 1 })
    expect(await client.consistentQuery(cells.get, { name: 'a' })).toBe(1)
    await client.mutation(cells.set, { name: 'a', value: 2 })
    expect(await client.consistentQuery(cells.get, { name: 'a' })).toBe(1)
    expect(await client.query(cells.get, { name: 'a' })).toBe(2)
  })

  test('[AU3] carries its token to the function; a bad one is 401, not an anonymous call', async () => {
    const { url, signer } = await startTestServer()
    const client = clientOf(url)
    client.setAuth(await signer.sign('ada'))
    expect(await client.query(cells.who, {})).toMatchObject({ subject: 'ada', issuer: 'https://service.test' })
    client.setAuth(await signer.sign('ada', { lifeS: -60 }))
    await expect(client.query(cells.who, {})).rejects.toThrow(/TokenExpired/)
  })

  test('[HT1] works through the Next.js helpers, preloading included', async () => {
    const { url, signer } = await startTestServer()
    const options = { url, token: await signer.sign('ada') }
    await fetchMutation(cells.set, { name: 'a', value: 'x' }, options)
    expect(await fetchQuery(cells.get, { name: 'a' }, options)).toBe('x')
    expect(await fetchAction(cells.shout, { text: 'x' }, options)).toBe('X')
    expect(preloadedQueryResult(await preloadQuery(cells.get, { name: 'a' }, options))).toBe('x')
  })
})

describe('plain HTTP callers', () => {
  test('[HT2] get clean JSON from /api/run and where they ask for it', async () => {
    const { url } = await startTestServer()
    const run = await post(`${url}/api/run/cells/echo`, { args: { value: { $integer: 'AQAAAAAAAAA=' } } })
    expect(await run.json()).toMatchObject({ status: 'success', value: '1' })
    const query = await post(`${url}/api/query`, { path: 'cells:echo', args: { value: 1 }, format: 'json' })
    expect(await query.json()).toMatchObject({ status: 'success', value: 1 })
  })

  test('[HT1] may GET a query', async () => {
    const { url } = await startTestServer()
    const args = encodeURIComponent(JSON.stringify({ value: 'v' }))
    const response = await fetch(`${url}/api/query?path=cells:echo&args=${args}&format=json`)
    expect(await response.json()).toMatchObject({ status: 'success', value: 'v' })
  })

  test('[HT1] may ask several queries at one timestamp', async () => {
    const { url } = await startTestServer()
    const queries = [1, 2].map((value) => ({ path: 'cells:echo', args: [{ value }], format: 'convex_encoded_json' }))
    const response = await post(`${url}/api/query_batch`, { queries })
    expect(await response.json()).toMatchObject({ results: [{ value: 1 }, { value: 2 }] })
  })

  test('[HT1] with the admin key call internal functions of any type', async () => {
    const { url } = await startTestServer()
    const call = { path: 'cells:secret', args: {}, format: 'json' }
    const admin = await post(`${url}/api/function`, call, { authorization: `Convex ${ADMIN_KEY}` })
    expect(await admin.json()).toMatchObject({ status: 'success', value: 'internal' })
    expect(await (await post(`${url}/api/function`, call)).json()).toMatchObject({ status: 'error' })
    expect((await post(`${url}/api/function`, call, { authorization: 'Convex wrong' })).status).toBe(401)
  })

  test('[HT3] are told what is wrong with a request, with a 4xx and a code', async () => {
    const { url } = await startTestServer()
    const cases: [unknown, number][] = [
      ['{"path"', 400],
      ['[]', 400],
      [{}, 400],
      [{ path: 7, args: {} }, 400],
      [{ path: 'cells:get', args: [{}, {}] }, 400],
    ]
    for (const [body, status] of cases) {
      const response = await post(`${url}/api/query`, body)
      expect(response.status).toBe(status)
      expect(await response.json()).toMatchObject({ code: expect.any(String), message: expect.any(String) })
    }
    const far = await post(`${url}/api/query_at_ts`, { path: 'cells:echo', args: {}, ts: '//////////8=' })
    expect(far.status).toBe(400)
    expect((await post(`${url}/api/query_at_ts`, { path: 'cells:echo', args: {}, ts: 'x' })).status).toBe(400)
  })

  test('[HT3] may not send more than the limit', async () => {
    const { url } = await startTestServer()
    const body = JSON.stringify({ path: 'cells:echo', args: { value: 'x'.repeat(21 * 1024 * 1024) } })
    const response = await post(`${url}/api/query`, body).catch((error: unknown) => error)
    if (response instanceof Response) expect(response.status).toBe(413)
    else expect(response).toBeInstanceOf(TypeError)
    expect((await fetch(`${url}/version`)).status).toBe(200)
  })

  test('[HT6] are told in one sentence what the local backend does not have', async () => {
    const { url } = await startTestServer()
    for (const path of ['/api/storage/upload?token=x', '/api/deploy2/start_push', '/api/nonsense']) {
      const response = await post(`${url}${path}`, {})
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ message: expect.stringContaining('local backend') })
    }
    expect((await fetch(`${url}/nowhere`)).status).toBe(400 + 4)
  })

  test('[HT4] from other origins get the CORS headers they need', async () => {
    const { url } = await startTestServer()
    const origin = 'http://localhost:3000'
    const preflight = await fetch(`${url}/api/query`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,convex-client',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin)
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,convex-client')
    const call = await post(`${url}/api/query`, { path: 'cells:echo', args: { value: 1 } }, { origin })
    expect(call.headers.get('access-control-allow-origin')).toBe(origin)
    expect(call.headers.get('access-control-allow-credentials')).toBe('true')
  })

  test('[HT5] can probe the server', async () => {
    const { url } = await startTestServer()
    expect(await (await fetch(`${url}/version`)).text()).toMatch(/^\d+\.\d+\.\d+$/)
    expect(await (await fetch(`${url}/instance_name`)).text()).toBe('nightshift-local')
    expect((await fetch(url)).status).toBe(200)
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ok' })
    expect(await (await post(`${url}/echo`, 'same')).text()).toBe('same')
    expect((await post(`${url}/api/debug_event`, { any: 1 })).status).toBe(200)
  })

  test('[HT7] that reach it under a foreign name are turned away', async () => {
    const { url } = await startTestServer()
    const { port } = new URL(url)
    const status = await new Promise((resolve) => {
      nodeRequest({ host: '127.0.0.1', port, path: '/version', headers: { host: 'evil.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    expect(status).toBe(421)
  })
})

describe('HTTP actions', () => {
  test('[HT8] are served on the site origin and under /http of the main one', async () => {
    const { url, siteUrl } = await startTestServer()
    for (const base of [siteUrl, `${url}/http`]) {
      expect(await (await fetch(`${base}/hello`)).json()).toEqual({ path: '/hello', who: null })
    }
  })

  test('[HT8] see body and headers, and answer with theirs', async () => {
    const { siteUrl } = await startTestServer()
    const body = Buffer.from([0, 255, 1, 254])
    const response = await fetch(`${siteUrl}/echo`, { method: 'POST', body, headers: { 'x-sent': 'yes' } })
    expect(response.status).toBe(201)
    expect(response.headers.get('x-seen')).toBe('yes')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(Buffer.from(await response.arrayBuffer())).toEqual(body)
  })

  test('[HT8] stream their answer', async () => {
    const { siteUrl } = await startTestServer()
    expect(await (await fetch(`${siteUrl}/stream`)).text()).toBe('one two')
  })

  test('[HT8] go on when their reader leaves', async () => {
    const { siteUrl, backend } = await startTestServer()
    const reader = new AbortController()
    const response = await fetch(`${siteUrl}/long-stream`, { signal: reader.signal })
    await response.body?.getReader().read()
    reader.abort()
    const client = { path: 'cells:get', args: { name: 'streamed' }, identity: null }
    let value = 'null'
    await until('the action to come to its end', () => {
      backend.runQuery(client).then(
        ({ outcome }) => {
          if (outcome.ok) value = outcome.value
        },
        () => {},
      )
      return value === 'true'
    })
  })

  test('[HT8] answer HEAD by the GET route, 404 without a route, 500 for an uncaught error', async () => {
    const { siteUrl } = await startTestServer()
    const head = await fetch(`${siteUrl}/hello`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    const missing = await fetch(`${siteUrl}/missing`)
    expect(missing.status).toBe(404)
    expect(await missing.text()).toContain('No HttpAction routed for /missing')
    expect((await fetch(`${siteUrl}/boom`)).status).toBe(500)
  })

  test('[HT9] know who calls; a bad Authorization header only means that nobody is known', async () => {
    const { siteUrl, signer } = await startTestServer()
    const hello = async (authorization: string) =>
      (await fetch(`${siteUrl}/hello`, { headers: { authorization } })).json()
    expect(await hello(`Bearer ${await signer.sign('ada')}`)).toMatchObject({ who: 'ada' })
    expect(await hello('Bearer junk')).toMatchObject({ who: null })
    expect(await hello('Basic abc')).toMatchObject({ who: null })
  })
})
