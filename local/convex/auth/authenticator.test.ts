import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { afterEach, describe, expect, test } from 'vitest'
import { createFakeClock } from '../../kernel/fakeClock.ts'
import type { AuthProvider } from '../engine/backend.ts'
import { createAuthenticator } from './authenticator.ts'

interface Signer {
  jwk: JWK
  sign(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
}

async function createSigner(algorithm: string, kid: string): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm)
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm }
  return {
    jwk,
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid, ...header }).sign(privateKey),
  }
}

const clock = createFakeClock()
const nowS = () => Math.floor(clock.now() / 1000)
const claims = (more: Record<string, unknown> = {}) => ({
  iss: 'https://service',
  sub: 'u1',
  iat: nowS(),
  exp: nowS() + 60,
  ...more,
})
const dataUri = (...keys: JWK[]) => `data:application/json,${encodeURIComponent(JSON.stringify({ keys }))}`
const authenticatorFor = (...providers: AuthProvider[]) =>
  createAuthenticator({ providers: () => providers, adminKey: 'local|abc', clock })

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** An issuer on loopback that counts what is asked of it. */
async function startIssuer(keys: () => JWK[]) {
  const asked = { discovery: 0, jwks: 0, isDown: false }
  const server = createServer((request, response) => {
    if (asked.isDown) {
      response.writeHead(500).end()
      return
    }
    response.setHeader('content-type', 'application/json')
    if (request.url === '/.well-known/openid-configuration') {
      asked.discovery += 1
      response.end(JSON.stringify({ issuer: origin, jwks_uri: `${origin}/jwks` }))
    } else {
      asked.jwks += 1
      response.end(JSON.stringify({ keys: keys() }))
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  stops.push(() => server.close())
  return { origin, asked }
}

describe('customJwt', () => {
  test.each(['ES256', 'RS256'] as const)(
    '[AU3] a token signed with %s is accepted by a data: URI key set',
    async (algorithm) => {
      const signer = await createSigner(algorithm, 'k1')
      const auth = authenticatorFor({
        type: 'customJwt',
        issuer: 'https://service',
        jwks: dataUri(signer.jwk),
        algorithm,
      })
      expect(await auth.user(await signer.sign(claims({ role: 'x' })))).toEqual({
        kind: 'accepted',
        caller: {
          identity: { tokenIdentifier: 'https://service|u1', subject: 'u1', issuer: 'https://service', role: 'x' },
          admin: false,
          expiresAt: (nowS() + 65) * 1000,
        },
      })
    },
  )

  test('[AU3] a base64 data: URI works as well', async () => {
    const signer = await createSigner('ES256', 'k1')
    const jwks = `data:application/json;base64,${Buffer.from(JSON.stringify({ keys: [signer.jwk] })).toString('base64')}`
    const auth = authenticatorFor({ type: 'customJwt', issuer: 'https://service', jwks, algorithm: 'ES256' })
    expect(await auth.user(await signer.sign(claims()))).toMatchObject({ kind: 'accepted' })
  })

  test('[AU4] expired, unsigned, wrongly signed, foreign and incomplete tokens are refused with a reason', async () => {
    const signer = await createSigner('ES256', 'k1')
    const other = await createSigner('ES256', 'k1')
    const rsa = await createSigner('RS256', 'k1')
    const auth = authenticatorFor({
      type: 'customJwt',
      issuer: 'https://service',
      jwks: dataUri(signer.jwk),
      algorithm: 'ES256',
    })
    const none = `${Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`
    const cases: [string, string][] = [
      [await signer.sign(claims({ exp: nowS() - 6 })), 'TokenExpired'],
      [none, 'InvalidToken'],
      [await other.sign(claims()), 'InvalidToken'],
      [await rsa.sign(claims()), 'InvalidToken'],
      [await signer.sign(claims({ iss: 'https://else' })), 'NoAuthProvider'],
      [await signer.sign(claims({ exp: undefined })), 'InvalidToken'],
      [await signer.sign(claims({ sub: undefined })), 'InvalidToken'],
      [await signer.sign(claims(), { kid: undefined }), 'InvalidToken'],
      [await signer.sign(claims(), { kid: 'other' }), 'InvalidToken'],
      ['junk', 'InvalidToken'],
      ['', 'InvalidToken'],
    ]
    for (const [token, code] of cases) expect(await auth.user(token)).toMatchObject({ kind: 'refused', code })
  })

  test('[AU4] a clock five seconds off is tolerated', async () => {
    const signer = await createSigner('ES256', 'k1')
    const auth = authenticatorFor({
      type: 'customJwt',
      issuer: 'https://service',
      jwks: dataUri(signer.jwk),
      algorithm: 'ES256',
    })
    expect(await auth.user(await signer.sign(claims({ exp: nowS() - 3 })))).toMatchObject({ kind: 'accepted' })
  })
})

describe('a token that comes again and again', () => {
  test('[AU4] is still refused at once when it expires, and when auth.config has changed', async () => {
    const signer = await createSigner('ES256', 'k1')
    const other = await createSigner('ES256', 'k1')
    const provider = (key: Signer): AuthProvider => ({
      type: 'customJwt',
      issuer: 'https://service',
      jwks: dataUri(key.jwk),
      algorithm: 'ES256',
    })
    let providers = [provider(signer)]
    const auth = createAuthenticator({ providers: () => providers, adminKey: 'local|abc', clock })
    const short = await signer.sign(claims({ exp: nowS() + 10 }))
    const long = await signer.sign(claims({ exp: nowS() + 3600 }))
    for (const token of [short, short, long, long]) expect(await auth.user(token)).toMatchObject({ kind: 'accepted' })
    clock.advance(16_000)
    expect(await auth.user(short)).toMatchObject({ code: 'TokenExpired' })
    expect(await auth.user(long)).toMatchObject({ kind: 'accepted' })
    providers = [provider(other)]
    expect(await auth.user(long)).toMatchObject({ code: 'InvalidToken' })
  })

  test('[AU4] signed by a key that its issuer has taken back is refused once the keys are read again', async () => {
    const signer = await createSigner('RS256', 'k1')
    const keys = [signer.jwk]
    const issuer = await startIssuer(() => keys)
    const auth = authenticatorFor({ type: 'oidc', domain: issuer.origin, applicationID: 'convex' })
    const token = await signer.sign(claims({ iss: issuer.origin, aud: 'convex', exp: nowS() + 3600 }))
    expect(await auth.user(token)).toMatchObject({ kind: 'accepted' })
    keys.pop()
    // In steady use all the while: being used must not keep it alive.
    for (let minute = 0; minute < 11; minute++) {
      clock.advance(59_000)
      await auth.user(token)
    }
    clock.advance(61_000)
    expect(await auth.user(token)).toMatchObject({ kind: 'refused' })
  })
})

describe('OIDC', () => {
  test.each(['RS256', 'EdDSA'])(
    '[AU2] keys signed with %s are found by discovery and asked for once',
    async (algorithm) => {
      const signer = await createSigner(algorithm, 'k1')
      const issuer = await startIssuer(() => [signer.jwk])
      const auth = authenticatorFor({ type: 'oidc', domain: issuer.origin, applicationID: 'convex' })
      const token = await signer.sign(claims({ iss: issuer.origin, aud: 'convex', email: 'a@b.c' }))
      const answers = await Promise.all([auth.user(token), auth.user(token), auth.user(token)])
      for (const answer of answers)
        expect(answer).toMatchObject({ kind: 'accepted', caller: { identity: { email: 'a@b.c' } } })
      expect(issuer.asked).toMatchObject({ discovery: 1, jwks: 1 })
    },
  )

  test('[AU2] an unknown key id asks the issuer again, but junk cannot make it a flood', async () => {
    const keys: JWK[] = []
    const first = await createSigner('RS256', 'k1')
    const second = await createSigner('RS256', 'k2')
    keys.push(first.jwk)
    const issuer = await startIssuer(() => keys)
    const auth = authenticatorFor({ type: 'oidc', domain: issuer.origin, applicationID: 'convex' })
    const token = (signer: Signer) => signer.sign(claims({ iss: issuer.origin, aud: 'convex' }))
    expect(await auth.user(await token(first))).toMatchObject({ kind: 'accepted' })
    keys.push(second.jwk)
    for (let i = 0; i < 5; i++) expect(await auth.user(await token(second))).toMatchObject({ kind: 'refused' })
    expect(issuer.asked.jwks).toBe(1)
    clock.advance(6_000)
    expect(await auth.user(await token(second))).toMatchObject({ kind: 'accepted' })
    expect(issuer.asked.jwks).toBe(2)
  })

  test('[AU5] an issuer out of reach is told apart from a bad token, and known keys outlive it', async () => {
    const signer = await createSigner('RS256', 'k1')
    const issuer = await startIssuer(() => [signer.jwk])
    const auth = authenticatorFor({ type: 'oidc', domain: issuer.origin, applicationID: 'convex' })
    const token = () => signer.sign(claims({ iss: issuer.origin, aud: 'convex' }))
    issuer.asked.isDown = true
    expect(await auth.user(await token())).toMatchObject({ kind: 'unavailable' })
    issuer.asked.isDown = false
    expect(await auth.user(await token())).toMatchObject({ kind: 'accepted' })
    issuer.asked.isDown = true
    clock.advance(11 * 60_000)
    expect(await auth.user(await token())).toMatchObject({ kind: 'accepted' })
  })
})

describe('the Authorization header', () => {
  const auth = authenticatorFor()
  const actingAs = (value: unknown) => `Convex local|abc:${Buffer.from(JSON.stringify(value)).toString('base64')}`

  test('[AU7] none is nobody, the admin key is an admin, and an admin may act as somebody', async () => {
    expect(await auth.header(undefined)).toEqual({
      kind: 'accepted',
      caller: { identity: null, admin: false, expiresAt: null },
    })
    expect(await auth.header('Convex local|abc')).toMatchObject({ caller: { identity: null, admin: true } })
    expect(await auth.header(actingAs({ subject: 'u', issuer: 'i' }))).toMatchObject({
      caller: { admin: true, identity: { tokenIdentifier: 'i|u' } },
    })
  })

  test.each([
    'Convex wrong',
    'Convex ',
    'Convex',
    'Convex local|abc:',
    'Convex local|abc:%%%',
    actingAs({ subject: 1 }),
    actingAs([]),
    'Basic abc',
    'Bearer',
    'Bearer a.b.c',
    'nonsense',
  ])('[AU7] "%s" is refused', async (header) => {
    expect(await auth.header(header)).toMatchObject({ kind: 'refused' })
  })
})
