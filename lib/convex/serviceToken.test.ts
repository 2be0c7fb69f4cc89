import { generateKeyPairSync } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createServiceTokens, type ServiceKey } from './serviceToken.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { x = '', y = '', d = '' } = pair.privateKey.export({ format: 'jwk' })
const key: ServiceKey = { kty: 'EC', crv: 'P-256', x, y, d, kid: 'one' }
const issuer = 'https://nightshift.local/service'

describe('the service identity', () => {
  it('is a signed token of our issuer for Convex, that lives ten minutes', async () => {
    const keys = createLocalJWKSet({ keys: [{ kty: 'EC', crv: 'P-256', x, y, kid: 'one', alg: 'ES256' }] })
    const token = await createServiceTokens(key, issuer).get()
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: 'convex',
      subject: 'service',
    })
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: 'one' })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600)
  })

  it('is reused while it has minutes to live, then renewed, and renewed at once when refused', async () => {
    let now = 1_800_000_000_000
    const tokens = createServiceTokens(key, issuer, () => now)
    const first = await tokens.get()
    now += 6 * 60_000
    expect(await tokens.get()).toBe(first)
    now += 61_000
    const second = await tokens.get()
    expect(decodeJwt(second).iat).toBe(now / 1000)
    expect(await tokens.get(true)).not.toBe(second)
  })

  it('does not keep a failure', async () => {
    const broken = createServiceTokens({ ...key, d: 'AA' }, issuer)
    await expect(broken.get()).rejects.toThrow()
    await expect(broken.get()).rejects.toThrow()
  })
})
