/** The official server SDK against a running provider: what `auth()` and `clerkClient()` of the application do. */
import { sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClerkClient, verifyToken } from '@clerk/backend'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../kernel/log.ts'
import { cookieSuffix } from '../frontend/cookies.ts'
import { type RunningClerk, startClerk } from '../startClerk.ts'
import { APP, type Browser, cheapPasswords, config, createBrowser, decodePart, PASSWORD } from './testClerk.ts'

describe('the official server SDK', () => {
  let clerk: RunningClerk
  let handle: (request: Request) => Promise<Response>
  let people = 0
  let email: string
  let client: ReturnType<typeof createClerkClient>
  let b: Browser
  let userId: string
  let sessionId: string
  let token: string
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'clerk-sdk-'))
    clerk = await startClerk({ ...config, port: 0, dataDir }, { log: silentLog, passwords: cheapPasswords() })
    handle = (request) => {
      const url = new URL(request.url)
      return fetch(new Request(new URL(url.pathname + url.search, clerk.origin), request))
    }
    return async () => {
      await clerk.close()
      rmSync(dataDir, { recursive: true })
    }
  })
  beforeEach(async () => {
    const { secretKey, publishableKey, issuer } = clerk.keys
    client = createClerkClient({ secretKey, publishableKey, apiUrl: issuer, telemetry: { disabled: true } })
    b = createBrowser(handle, APP, secretKey)
    email = `person${++people}@example.test`
    const reply = await b.signUp(email)
    userId = reply.text('response.created_user_id')
    sessionId = reply.text('response.created_session_id')
    token = reply.text('client.sessions.0.last_active_token.jwt')
  })

  /** As the middleware does for a page load with these cookies. */
  const authenticate = (cookies: Record<string, string>, options: { jwks?: boolean; parties?: string[] } = {}) => {
    const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`)
    const headers = {
      cookie: cookie.join('; '),
      accept: 'text/html',
      'sec-fetch-dest': 'document',
      host: 'localhost:3000',
    }
    return client.authenticateRequest(new Request(`${APP}/chat`, { headers }), {
      proxyUrl: `${APP}/__clerk`,
      authorizedParties: options.parties ?? [APP],
      ...(options.jwks ? {} : { jwtKey: clerk.keys.jwtKey }),
    })
  }
  const cookiesWith = (session: string) => ({ ...Object.fromEntries(b.cookies), ...both('__session', session) })
  const both = (name: string, value: string) => ({
    [name]: value,
    [`${name}_${cookieSuffix(clerk.keys.publishableKey)}`]: value,
  })
  /** A token as only someone with the signing key could make it. */
  const resign = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) => {
    const parts = [
      { ...decodePart(token, 0), ...header },
      { ...decodePart(token, 1), ...claims },
    ]
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), clerk.keys.privateKey).toString('base64url')}`
  }
  const now = () => Math.floor(Date.now() / 1000)

  it('[ID31] accepts the session token by PEM and by JWKS, and tells who it is', async () => {
    for (const jwks of [false, true]) {
      const state = await authenticate(cookiesWith(token), { jwks })
      expect([state.status, state.reason]).toEqual(['signed-in', null])
      expect(state.toAuth()).toMatchObject({ userId, sessionId, sessionClaims: { aud: 'convex', azp: APP } })
    }
    const claims = await verifyToken(token, { jwtKey: clerk.keys.jwtKey, audience: 'convex', authorizedParties: [APP] })
    expect(claims.sub).toBe(userId)
  })

  it('[ID31] accepts it as a bearer token too', async () => {
    const request = new Request(`${APP}/api/messages`, { headers: { authorization: `Bearer ${token}` } })
    const state = await client.authenticateRequest(request, { jwtKey: clerk.keys.jwtKey, authorizedParties: [APP] })
    expect(state.toAuth()).toMatchObject({ userId })
  })

  it.each([
    ['nothing at all', () => ({}), 'signed-out', 'session-token-and-uat-missing'],
    [
      'no token but a sign-in time',
      () => Object.fromEntries(b.cookies),
      'handshake',
      'client-uat-but-no-session-token',
    ],
    ['a token but no sign-in time', () => both('__session', token), 'handshake', 'session-token-but-no-client-uat'],
    ['signed-out cookies', () => ({ ...both('__client_uat', '0') }), 'signed-out', 'session-token-and-uat-missing'],
    [
      'an expired token',
      () => cookiesWith(resign({ exp: now() - 30, iat: now() })),
      'handshake',
      'session-token-expired',
    ],
    [
      'a token from before the sign-in',
      () => cookiesWith(resign({ iat: now() - 3600 })),
      'handshake',
      'session-token-iat-before-client-uat',
    ],
    ['a forged token', () => cookiesWith(`${token.slice(0, -8)}AAAAAAAA`), 'signed-out', 'token-invalid-signature'],
    [
      'a token for another origin',
      () => cookiesWith(resign({ azp: 'http://evil.test' })),
      'signed-out',
      'token-invalid-authorized-parties',
    ],
    ['a pending session', () => cookiesWith(resign({ sts: 'pending' })), 'signed-in', null],
  ] as const)('[ID32] given %s', async (_what, cookies, status, reason) => {
    const state = await authenticate(cookies())
    // A handshake's reason ends with why no refresh token was used; we give none.
    expect([state.status, state.reason?.split('-refresh-')[0] ?? null]).toEqual([status, reason])
    if (status !== 'handshake') expect(state.toAuth()?.isAuthenticated).toBe(false)
  })

  it('[ID22] refuses the template token as a session', async () => {
    const template = (await b.post(`/v1/client/sessions/${sessionId}/tokens/convex`)).text('jwt')
    const state = await authenticate(cookiesWith(template))
    expect([state.status, state.toAuth()?.isAuthenticated ?? false]).toEqual(['signed-out', false])
  })

  it('[ID25] is signed in again after the handshake it asked for', async () => {
    const asked = await authenticate(Object.fromEntries(b.cookies))
    const address = new URL(asked.headers.get('location') ?? '')
    expect(address.href).toContain(`${APP}/__clerk/v1/client/handshake?`)
    const reply = await b.get(address.pathname.replace('/__clerk', '') + address.search)
    expect(reply.headers.get('location')).toBe(`${APP}/chat`)
    const state = await authenticate(Object.fromEntries(b.cookies))
    expect([state.status, state.toAuth()?.isAuthenticated]).toEqual(['signed-in', true])
  })

  it('[ID24] is not confused by the cookies of another copy on the same host name', async () => {
    const shaken = await b.get(`/v1/client/handshake?redirect_url=${APP}/`)
    expect(shaken.status).toBe(307)
    const foreign = resign({ iss: 'http://127.0.0.1:1', sid: 'sess_other' })
    const jar = { ...Object.fromEntries(b.cookies), __session: foreign, __client_uat: String(now()) }
    const state = await authenticate(jar)
    expect(state.toAuth()).toMatchObject({ isAuthenticated: true, sessionId })
  })

  it('[ID33] makes, reads, changes and deletes people', async () => {
    const made = await client.users.createUser({
      emailAddress: ['ada@example.test'],
      password: PASSWORD,
      firstName: 'Ada',
    })
    expect(made.primaryEmailAddress?.emailAddress).toBe('ada@example.test')
    expect((await client.users.getUser(made.id)).firstName).toBe('Ada')
    expect((await client.users.updateUser(made.id, { lastName: 'Lovelace' })).fullName).toBe('Ada Lovelace')
    await client.users.updateUserMetadata(made.id, { publicMetadata: { plan: 'a' } })
    const list = await client.users.getUserList({ emailAddress: ['ada@example.test'] })
    expect([list.totalCount, list.data[0]?.publicMetadata]).toEqual([1, { plan: 'a' }])
    expect((await client.users.verifyPassword({ userId: made.id, password: PASSWORD })).verified).toBe(true)
    await client.users.deleteUser(made.id)
    await expect(client.users.getUser(made.id)).rejects.toMatchObject({ status: 404 })
  })

  it('[ID35] makes sessions and tokens without a browser', async () => {
    const session = await client.sessions.createSession({ userId })
    const { jwt } = await client.sessions.getToken(session.id, undefined, 600)
    expect((await verifyToken(jwt, { jwtKey: clerk.keys.jwtKey, authorizedParties: [APP] })).sid).toBe(session.id)
    expect(decodePart((await client.sessions.getToken(session.id, 'convex')).jwt, 1)['email']).toBe(email)
    expect((await client.sessions.getSessionList({ userId })).totalCount).toBe(2)
    expect((await client.sessions.revokeSession(session.id)).status).toBe('revoked')
    const ticket = await client.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 })
    const fresh = createBrowser(handle, APP, clerk.keys.secretKey)
    const reply = await fresh.post('/v1/client/sign_ins', { strategy: 'ticket', ticket: ticket.token })
    expect(reply.at('response.status')).toBe('complete')
  })

  it('[ID4] discovery and keys verify a token for an OIDC library', async () => {
    const response = await fetch(`${clerk.keys.issuer}/.well-known/openid-configuration`)
    const { jwks_uri } = (await response.json()) as { jwks_uri: string }
    const jwks = createRemoteJWKSet(new URL(jwks_uri))
    const { payload } = await jwtVerify(token, jwks, { issuer: clerk.keys.issuer, audience: 'convex' })
    expect(payload.sub).toBe(userId)
  })

  it('[ID9] a foreign Host is answered 421, a huge body 413, an unreadable address 400', async () => {
    const status = (path: string, headers: Record<string, string>, body = '') =>
      new Promise<number | undefined>((resolve, reject) => {
        const method = body === '' ? 'GET' : 'POST'
        const sent = request(
          { host: '127.0.0.1', port: new URL(clerk.origin).port, path, method, headers },
          (reply) => {
            resolve(reply.statusCode)
            reply.resume()
          },
        )
        sent.on('error', reject)
        sent.end(body)
      })
    expect(await status('/health', { host: 'evil.test' })).toBe(421)
    expect(await status('/health', { host: 'localhost:1' })).toBe(200)
    expect(await status('//', {})).toBe(400)
    expect(await status('/v1/users', {}, 'x'.repeat(1024 * 1024 + 1))).toBe(413)
  })

  it('[ID3] a taken port is a loud error, for it is part of the issuer', async () => {
    const port = Number(new URL(clerk.origin).port)
    await expect(startClerk({ ...config, port })).rejects.toThrow(`Port ${port} is already in use`)
  })
})
