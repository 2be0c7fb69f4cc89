import { beforeEach, describe, expect, it } from 'vitest'
import { SESSION_LIFE_MS } from '../identity.ts'
import { APP, type Browser, createTestClerk, decodePart, keys, OTHER_APP } from '../test/testClerk.ts'
import { cookieSuffix } from './cookies.ts'

const EMAIL = 'grace@example.test'
const uat = `__client_uat_${cookieSuffix(keys.publishableKey)}`

describe('a signed-in browser', () => {
  let clerk: ReturnType<typeof createTestClerk>
  let b: Browser
  let sessionId: string
  let userId: string
  beforeEach(async () => {
    clerk = createTestClerk()
    b = clerk.browser()
    const reply = await b.signUp(EMAIL)
    sessionId = reply.text('response.created_session_id')
    userId = reply.text('response.created_user_id')
  })

  it('[ID20] finds its state again, and a stranger or a forged cookie finds none and no error', async () => {
    const own = await b.get('/v1/client')
    expect(own.at('response')).toMatchObject({ object: 'client', last_active_session_id: sessionId })
    expect(own.at('client')).toBeNull()
    expect((await clerk.browser().get('/v1/client')).body).toEqual({ response: null, client: null })
    const forger = clerk.browser()
    const name = [...b.cookies.keys()].find((cookie) => cookie.startsWith('__client_') && !cookie.includes('uat')) ?? ''
    for (const value of [
      'x',
      `${own.text('response.id')}.guess`,
      `${own.text('response.id')}.`,
      '.',
      "client_' OR 1=1.x",
    ]) {
      forger.cookies.set(name, value)
      expect((await forger.get('/v1/client')).body).toEqual({ response: null, client: null })
    }
  })

  it('[ID20] that claims a sign-in nobody knows of is told that it has none', async () => {
    const stale = clerk.browser()
    stale.cookies.set(uat, '1700000000')
    await stale.get('/v1/client')
    expect(stale.cookies.get(uat)).toBe('0')
    expect(stale.cookies.get('__client_uat')).toBe('0')
  })

  it('[ID21] refreshes its token, which names person, session, origin and audience', async () => {
    clerk.clock.advance(90_000)
    const reply = await b.post(`/v1/client/sessions/${sessionId}/tokens`)
    expect(Object.keys(reply.body as object)).toEqual(['object', 'jwt'])
    const jwt = reply.text('jwt')
    const now = Math.floor(clerk.clock.now() / 1000)
    expect(decodePart(jwt, 0)).toEqual({ alg: 'RS256', typ: 'JWT', kid: keys.instanceId, cat: 'cl_B7d4PD111AAA' })
    expect(decodePart(jwt, 1)).toEqual({
      azp: APP,
      aud: 'convex',
      iss: keys.issuer,
      sid: sessionId,
      sub: userId,
      sts: 'active',
      fva: [1, -1],
      v: 2,
      iat: now,
      exp: now + 60,
      nbf: now - 10,
      jti: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
  })

  it('[ID21] gets tokens for the origin it is on', async () => {
    const other = clerk.browser(OTHER_APP)
    const session = (await other.signIn(EMAIL)).text('response.created_session_id')
    expect(decodePart((await other.post(`/v1/client/sessions/${session}/tokens`)).text('jwt'), 1)['azp']).toBe(
      OTHER_APP,
    )
  })

  it('[ID22] gets the template "convex" with identity claims, and no other template', async () => {
    await b.call('PATCH', '/v1/me', { first_name: 'Grace', last_name: 'Hopper' })
    const jwt = (await b.post(`/v1/client/sessions/${sessionId}/tokens/convex`)).text('jwt')
    expect(decodePart(jwt, 0)['cat']).toBe('cl_B7d4PD222AAA')
    const claims = decodePart(jwt, 1)
    expect(claims).toMatchObject({
      aud: 'convex',
      sub: userId,
      name: 'Grace Hopper',
      email: EMAIL,
      email_verified: true,
    })
    expect(claims).not.toHaveProperty('sid')
    expect((await b.post(`/v1/client/sessions/${sessionId}/tokens/hasura`)).status).toBe(404)
  })

  it('[ID23] reads, touches, and leaves its session; a foreign session is as good as none', async () => {
    clerk.clock.advance(5_000)
    const touched = await b.post(`/v1/client/sessions/${sessionId}/touch`, { active_organization_id: '' })
    expect(touched.at('response.last_active_at')).toBe(clerk.clock.now())
    expect(decodePart(touched.text('response.last_active_token.jwt'), 1)['sid']).toBe(sessionId)
    expect((await b.get(`/v1/client/sessions/${sessionId}`)).at('response.id')).toBe(sessionId)
    const stranger = clerk.browser()
    await stranger.signUp('stranger@example.test')
    for (const action of ['touch', 'tokens', 'tokens/convex', 'remove', 'end']) {
      const refused = await stranger.post(`/v1/client/sessions/${sessionId}/${action}`)
      expect([action, refused.status, refused.at('errors.0.code')]).toEqual([action, 401, 'signed_out'])
    }
    expect((await b.post(`/v1/client/sessions/${sessionId}/tokens`)).status).toBe(200)
  })

  it.each(['remove', 'end'] as const)(
    '[ID23] %s ends one session and tells the server side by cookie',
    async (action) => {
      const reply = await b.post(`/v1/client/sessions/${sessionId}/${action}`)
      expect(reply.at('response.status')).toBe(action === 'end' ? 'ended' : 'removed')
      expect(reply.at('client.sessions')).toEqual([])
      expect(b.cookies.get(uat)).toBe('0')
    },
  )

  it('[ID23] signs out: no sessions, no tokens, and the cookie says so', async () => {
    expect(b.cookies.get(uat)).toBe(String(Math.floor(clerk.clock.now() / 1000)))
    const reply = await b.call('DELETE', '/v1/client/sessions')
    expect(reply.at('response.sessions')).toEqual([])
    expect(reply.at('client.sessions')).toEqual([])
    expect([b.cookies.get(uat), b.cookies.get('__client_uat')]).toEqual(['0', '0'])
    expect((await b.post(`/v1/client/sessions/${sessionId}/tokens`)).status).toBe(401)
  })

  it('[ID23] is signed out after seven days', async () => {
    clerk.clock.advance(SESSION_LIFE_MS - 1)
    expect((await b.post(`/v1/client/sessions/${sessionId}/tokens`)).status).toBe(200)
    clerk.clock.advance(1)
    expect((await b.post(`/v1/client/sessions/${sessionId}/tokens`)).status).toBe(401)
    expect((await b.get('/v1/client')).at('response.sessions')).toEqual([])
  })

  it('[ID24] keeps its identity in a cookie that scripts and pages never see, under a name of this installation', async () => {
    const reply = await clerk.browser().signIn(EMAIL)
    const cookies = reply.headers.getSetCookie()
    const suffix = cookieSuffix(keys.publishableKey)
    const seconds = Math.floor(clerk.clock.now() / 1000)
    expect(cookies).toEqual([
      expect.stringMatching(
        new RegExp(
          `^__client_${suffix}=client_\\w+\\.[\\w-]{43}; Path=/__clerk; Max-Age=31536000; SameSite=Lax; HttpOnly$`,
        ),
      ),
      `__client_uat=${seconds}; Path=/; Max-Age=31536000; SameSite=Lax`,
      `__client_uat_${suffix}=${seconds}; Path=/; Max-Age=31536000; SameSite=Lax`,
    ])
    expect(cookieSuffix('pk_live_x')).not.toBe(suffix)
  })

  it('[ID24] keeps its sign-in time through profile edits: an older token must stay good', async () => {
    const before = b.cookies.get(uat)
    clerk.clock.advance(30_000)
    await b.call('PATCH', '/v1/me', { first_name: 'Grace' })
    await b.post(`/v1/client/sessions/${sessionId}/touch`)
    await b.get(`/v1/client/handshake?redirect_url=${APP}/`)
    expect(b.cookies.get(uat)).toBe(before)
  })
})

describe('[ID21] in the strict profile', () => {
  it('[ID21] tokens live 20 seconds', async () => {
    const clerk = createTestClerk({ profile: 'strict' })
    const claims = decodePart((await clerk.browser().signUp(EMAIL)).text('client.sessions.0.last_active_token.jwt'), 1)
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(20)
  })
})

describe('the handshake', () => {
  const suffix = cookieSuffix(keys.publishableKey)
  const address = (to: string) =>
    `/v1/client/handshake?redirect_url=${encodeURIComponent(to)}&format=nonce&suffixed_cookies=true`

  it('[ID25] gives a signed-in browser a fresh token in both cookies and sends it back', async () => {
    const clerk = createTestClerk()
    const b = clerk.browser()
    const sessionId = (await b.signUp(EMAIL)).text('response.created_session_id')
    clerk.clock.advance(120_000)
    const reply = await b.get(address(`${APP}/chat/1?x=2`))
    expect([reply.status, reply.headers.get('location')]).toEqual([307, `${APP}/chat/1?x=2`])
    const token = b.cookies.get(`__session_${suffix}`) ?? ''
    expect(b.cookies.get('__session')).toBe(token)
    expect(decodePart(token, 1)).toMatchObject({ sid: sessionId, iat: Math.floor(clerk.clock.now() / 1000) })
    // The server would shake hands again, for ever, with a token older than the sign-in.
    expect(Number(b.cookies.get(uat))).toBeLessThanOrEqual(Number(decodePart(token, 1)['iat']))
  })

  it('[ID25] takes the token of a signed-out browser away', async () => {
    const clerk = createTestClerk()
    const b = clerk.browser()
    b.cookies.set('__session', 'old').set(`__session_${suffix}`, 'old').set(uat, '1700000000')
    const reply = await b.get(address(`${APP}/`))
    expect(reply.status).toBe(307)
    expect(b.cookies.has('__session')).toBe(false)
    expect(b.cookies.has(`__session_${suffix}`)).toBe(false)
    expect(b.cookies.get(uat)).toBe('0')
  })

  it.each(['http://evil.test/', 'http://localhost:3000.evil.test/', '//evil.test', 'javascript:alert(1)', '', '/chat'])(
    '[ID26] never sends anyone to "%s"',
    async (to) => {
      const clerk = createTestClerk()
      const b = clerk.browser()
      await b.signUp(EMAIL)
      const reply = await b.get(address(to))
      expect([reply.status, reply.headers.get('location')]).toEqual([400, null])
      expect(reply.headers.getSetCookie()).toEqual([])
    },
  )
})
