// Signing in, refreshing, expiring and being refused, with the official client.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ConvexClient } from 'convex/browser'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { createFakeClock } from '../../kernel/fakeClock.ts'
import { cells } from './api.ts'
import { connect } from './clients.ts'
import { addQuery, type Message, modifyQuerySet, openRawSocket } from './rawSocket.ts'
import { ADMIN_KEY, startTestServer } from './startTestServer.ts'
import { until } from './until.ts'

function watchWho(client: ConvexClient) {
  const seen: (string | null)[] = []
  client.onUpdate(cells.who, {}, (identity: { subject: string } | null) => seen.push(identity?.subject ?? null))
  return seen
}

test('[AU8] a signed-in client sees itself; the second, fresh token right after is no flicker and no second run', async () => {
  const { url, signer, backend } = await startTestServer()
  const client = connect(url)
  const states: boolean[] = []
  let tokens = 0
  client.setAuth(
    () => {
      tokens += 1
      // Every token is another one: `n` is a claim that moves, `jti` would be left out of the identity.
      return signer.sign('ada', { more: { jti: String(tokens) } })
    },
    (isAuthenticated) => states.push(isAuthenticated),
  )
  const seen = watchWho(client)
  await until('the identity', () => seen.at(-1) === 'ada')
  await until('the fresh token', () => tokens >= 2)
  await client.mutation(cells.nothing, {})
  expect(seen).toEqual(['ada'])
  expect(states).not.toContain(false)
  expect(await client.mutation(cells.whoWrites, {})).toBe('ada')
  expect(backend.counters().queriesRun).toBe(1)
})

test('[AU9] a client with a bad token is told, tries again, and ends up signed out but connected', async () => {
  const { url } = await startTestServer()
  const client = connect(url)
  const states: boolean[] = []
  client.setAuth(
    async () => 'not.a.token',
    (isAuthenticated) => states.push(isAuthenticated),
  )
  const seen = watchWho(client)
  await until('to be told', () => states.includes(false), 20_000)
  await until('an anonymous result', () => seen.at(-1) === null)
  expect(states).not.toContain(true)
})

test('[AU9] a client whose cached token is bad recovers with a fresh one', async () => {
  const { url, signer } = await startTestServer()
  const client = connect(url)
  const states: boolean[] = []
  client.setAuth(
    ({ forceRefreshToken }) => signer.sign('ada', { lifeS: forceRefreshToken ? 3600 : -60 }),
    (isAuthenticated) => states.push(isAuthenticated),
  )
  const seen = watchWho(client)
  await until('the identity', () => seen.at(-1) === 'ada', 20_000)
  expect(seen).toEqual(['ada'])
})

test('[AU8] signing in as another person shows the other person’s data', async () => {
  const { url, signer } = await startTestServer()
  const client = connect(url)
  client.setAuth(() => signer.sign('ada'))
  const seen = watchWho(client)
  await until('ada', () => seen.at(-1) === 'ada')
  client.setAuth(() => signer.sign('bob'))
  await until('bob', () => seen.at(-1) === 'bob')
  expect(seen.filter((who) => who !== 'ada' && who !== 'bob')).toEqual([])
})

test('[AU10] a token that expires mid-session is answered with an AuthError at the next work, and nothing runs as nobody', async () => {
  const clock = createFakeClock(Date.now())
  const { url, signer, backend } = await startTestServer({ clock })
  const raw = await openRawSocket(url)
  raw.send({ type: 'Authenticate', tokenType: 'User', value: await signer.sign('ada', { lifeS: 60 }), baseVersion: 0 })
  raw.send(modifyQuerySet(0, addQuery(0, 'cells:who', {}), addQuery(1, 'cells:get', { name: 'a' })))
  await until('the first results', () => raw.texts.some((text) => text.includes('QueryUpdated')))
  const before = raw.messages.length
  clock.advance(66_000)
  await backend.runMutation({ path: 'cells:set', args: { name: 'a', value: 1 }, identity: null })
  await until('the end', () => raw.closed)
  const after = raw.messages.slice(before).filter((message) => message.type !== 'Ping')
  expect(after).toMatchObject([{ type: 'AuthError', baseVersion: 1, authUpdateAttempted: false }])
})

/** An OIDC issuer that can be down. */
async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }]
  const issuer = { origin: '', isDown: false, refusals: 0, sign }
  const server = createServer((request, response) => {
    if (issuer.isDown) {
      issuer.refusals += 1
      response.writeHead(503).end()
      return
    }
    response.setHeader('content-type', 'application/json')
    const isDiscovery = request.url === '/.well-known/openid-configuration'
    response.end(JSON.stringify(isDiscovery ? { jwks_uri: `${issuer.origin}/jwks` } : { keys }))
  })
  function sign(more: Record<string, unknown> = {}) {
    const iat = Math.floor(Date.now() / 1000)
    return new SignJWT({ iss: issuer.origin, sub: 'user_1', aud: 'convex', iat, exp: iat + 60, ...more })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .sign(privateKey)
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  issuer.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return issuer
}

test('[AU2] an OIDC issuer found by discovery signs people in with their standard claims', async () => {
  const issuer = await startIssuer()
  const { origin } = issuer
  const { url } = await startTestServer({ env: { OIDC_DOMAIN: origin } })
  const client = connect(url)
  client.setAuth(() => issuer.sign({ given_name: 'Ada', sid: 'sess_1', fva: [0, 0] }))
  let identity: unknown
  client.onUpdate(cells.who, {}, (value: unknown) => {
    identity = value
  })
  await until('the identity', () => identity)
  expect(identity).toEqual({
    tokenIdentifier: `${origin}|user_1`,
    subject: 'user_1',
    issuer: origin,
    givenName: 'Ada',
    sid: 'sess_1',
  })
})

test('[AU5] an issuer that is down while people connect signs nobody out; they are in when it is back', async () => {
  const issuer = await startIssuer()
  const { url } = await startTestServer({ env: { OIDC_DOMAIN: issuer.origin } })
  issuer.isDown = true
  const client = connect(url)
  const states: boolean[] = []
  client.setAuth(
    () => issuer.sign(),
    (isAuthenticated) => states.push(isAuthenticated),
  )
  const seen = watchWho(client)
  // More tries than the two after which a client that was told "bad token" gives up.
  await until('four failed tries', () => issuer.refusals >= 4)
  issuer.isDown = false
  await until('the identity', () => seen.at(-1) === 'user_1')
  expect(states).not.toContain(false)
  expect(seen).toEqual(['user_1'])
  // The socket itself waited: no reconnect, no backoff.
  expect(client.connectionState().connectionCount).toBe(1)
})

test('[AU7] an admin socket may act as somebody and call internal functions; a wrong key is an AuthError', async () => {
  const { url } = await startTestServer()
  const admin = await openRawSocket(url)
  const impersonating = { subject: 'ada', issuer: 'https://i' }
  admin.send({ type: 'Authenticate', tokenType: 'Admin', value: ADMIN_KEY, baseVersion: 0, impersonating })
  admin.send(modifyQuerySet(0, addQuery(0, 'cells:who', {}), addQuery(1, 'cells:secret', {})))
  const isFull = (message: Message) => Array.isArray(message['modifications']) && message['modifications'].length === 2
  const results = await until('the results', () => admin.ofType('Transition').find(isFull))
  expect(results).toMatchObject({
    modifications: [{ value: { subject: 'ada', tokenIdentifier: 'https://i|ada' } }, { value: 'internal' }],
  })
  const stranger = await openRawSocket(url)
  stranger.send({ type: 'Authenticate', tokenType: 'Admin', value: 'wrong', baseVersion: 0 })
  await until('the end', () => stranger.closed)
  expect(stranger.messages).toMatchObject([{ type: 'AuthError', baseVersion: 0, authUpdateAttempted: true }])
})
