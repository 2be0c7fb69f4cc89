import { describe, expect, it } from 'vitest'
import { APP, createTestClerk, keys, OTHER_APP } from './test/testClerk.ts'

describe('who may call what', () => {
  it('[ID5] the Frontend API answers only a caller that knows the secret key', async () => {
    const { browser } = createTestClerk()
    for (const key of ['', 'sk_live_localwrong', `${keys.secretKey}x`]) {
      const reply = await browser().get('/v1/client', { 'clerk-secret-key': key })
      expect([reply.status, reply.at('errors.0.code')]).toEqual([401, 'host_invalid'])
    }
    expect((await browser().get('/v1/client')).status).toBe(200)
  })

  it('[ID6] each application origin of the list is served, any other is refused', async () => {
    const { browser } = createTestClerk()
    expect((await browser(OTHER_APP).get('/v1/client')).status).toBe(200)
    for (const headers of [
      { 'clerk-proxy-url': 'http://evil.test/__clerk' },
      { 'clerk-proxy-url': 'http://localhost:3001/__clerk' },
      { 'clerk-proxy-url': 'nonsense' },
      { origin: 'http://evil.test' },
      { origin: 'null' },
    ]) {
      const reply = await browser(APP).post('/v1/client/sign_ups', {}, headers)
      expect([reply.status, reply.at('errors.0.code')]).toEqual([400, 'origin_invalid'])
    }
  })

  it('[ID7] the Backend API wants the bearer key; the proxy’s header is no authority there', async () => {
    const { browser, handle, server } = createTestClerk()
    const ask = async (headers: HeadersInit) =>
      (await handle(new Request(`${keys.issuer}/v1/users`, { headers }))).status
    expect(await ask({})).toBe(401)
    expect(await ask({ authorization: 'Bearer sk_live_localwrong' })).toBe(401)
    expect(await ask({ authorization: keys.secretKey })).toBe(401)
    expect(await ask({ 'clerk-secret-key': keys.secretKey })).toBe(401)
    expect((await browser().get('/v1/users')).status).toBe(404)
    expect((await browser().get('/v1/users', { authorization: `Bearer ${keys.secretKey}` })).status).toBe(404)
    expect((await server('GET', '/v1/users')).status).toBe(200)
  })

  it('[ID8] an unknown route is a 404 that names it, a wrong method a 405', async () => {
    const { browser, server } = createTestClerk()
    const unknown = await browser().post('/v1/client/sign_ins/sia_1/prepare_first_factor')
    expect(unknown.status).toBe(404)
    expect(unknown.text('errors.0.long_message')).toContain('POST /v1/client/sign_ins/sia_1/prepare_first_factor')
    expect((await browser().post('/v1/client/handshake')).status).toBe(405)
    expect((await server('GET', '/v1/organizations')).status).toBe(404)
    expect((await server('PUT', '/v1/users')).status).toBe(405)
  })

  it('[ID9] junk is refused with 400, never 500', async () => {
    const { browser, handle } = createTestClerk()
    const headers = { authorization: `Bearer ${keys.secretKey}`, 'content-type': 'application/json' }
    for (const body of ['{', '[]', '"x"', 'null', '\u0000']) {
      const reply = await handle(new Request(`${keys.issuer}/v1/users`, { method: 'POST', headers, body }))
      expect([body, reply.status]).toEqual([body, 400])
    }
    const json = await browser().post('/v1/client/sign_ups', {}, { 'content-type': 'application/json' })
    expect(json.status).toBe(400)
  })

  it('[ID4] health, keys and discovery are open to all', async () => {
    const { handle } = createTestClerk()
    const read = async (path: string): Promise<unknown> => (await handle(new Request(`${keys.issuer}${path}`))).json()
    expect(await read('/health')).toMatchObject({ status: 'ok', profile: 'friendly', webhooksOwed: 0 })
    expect(await read('/.well-known/openid-configuration')).toMatchObject({
      issuer: keys.issuer,
      jwks_uri: `${keys.issuer}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ['RS256'],
    })
    const jwks = await read('/.well-known/jwks.json')
    expect(jwks).toEqual(await read('/v1/jwks'))
    expect(jwks).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid: keys.instanceId }] })
    expect(JSON.stringify(jwks)).not.toContain('"d"')
  })
})

describe('[ID10] the browser bundles', () => {
  const fetchBundle = (path: string, headers: HeadersInit = {}) =>
    createTestClerk().handle(new Request(`${keys.issuer}${path}`, { headers }))

  it.each(['/npm/@clerk/clerk-js@6/dist/clerk.browser.js', '/npm/@clerk/ui@1/dist/ui.browser.js'])(
    '[ID10] %s comes from the installed package and is checked again at every load',
    async (path) => {
      const reply = await fetchBundle(path)
      expect(reply.status).toBe(200)
      expect(reply.headers.get('content-type')).toContain('javascript')
      expect(reply.headers.get('cache-control')).toContain('must-revalidate')
      expect((await reply.text()).length).toBeGreaterThan(50_000)
      const etag = reply.headers.get('etag') ?? ''
      expect((await fetchBundle(path, { 'if-none-match': etag })).status).toBe(304)
    },
  )

  it('[ID10] a chunk, whose name carries its hash, may be kept for ever', async () => {
    const text = await (await fetchBundle('/npm/@clerk/ui@1/dist/ui.browser.js')).text()
    const hash = /_ui_([0-9a-f]{6})_/.exec(text)?.[1] ?? /"([0-9a-f]{6})"/.exec(text)?.[1]
    const reply = await fetchBundle(`/npm/@clerk/ui@1.34.0/dist/userprofile_ui_${hash ?? 'de828c'}_1.34.0.js`)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('cache-control')).toContain('immutable')
  })

  it.each([
    '/npm/@clerk/ui@1/dist/%2e%2e%2fpackage.json',
    '/npm/@clerk/ui@1/dist/..%2Findex.js',
    '/npm/@clerk/ui@1/dist/ui.browser.js.map',
    '/npm/@clerk/backend@1/dist/index.js',
    '/npm/@clerk/ui@1/dist/.js',
    '/npm/@clerk/ui@1/dist/absent.js',
    '/npm/left-pad/index.js',
  ])('[ID10] %s is not served', async (path) => {
    expect((await fetchBundle(path)).status).toBe(404)
  })
})
