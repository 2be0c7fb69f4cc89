/** Mints the service identity: a short-lived JWT of our own issuer, which Convex tells from a person by issuer and subject. */
import { importJWK, SignJWT } from 'jose'

/** Short, since it cannot be revoked: ten minutes is all a leaked one is worth. */
const LIFETIME_MS = 10 * 60_000
/** Refreshed this long before it expires, so that a slow call or a skewed clock never carries an expired one. */
const MARGIN_MS = 3 * 60_000

/** A private ES256 JSON Web Key. */
export interface ServiceKey {
  kty: 'EC'
  crv: 'P-256'
  x: string
  y: string
  d: string
  kid?: string | undefined
}

export interface ServiceTokens {
  /** A token with minutes to live; cached. `fresh` mints a new one, after the server refused the last. */
  get(fresh?: boolean): Promise<string>
}

export function createServiceTokens(key: ServiceKey, issuer: string, now: () => number = Date.now): ServiceTokens {
  let current: { token: Promise<string>; renewAt: number } | undefined

  const { kty, crv, x, y, d } = key

  async function mint(at: number): Promise<string> {
    const iat = Math.floor(at / 1000)
    return new SignJWT()
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', ...(key.kid === undefined ? {} : { kid: key.kid }) })
      .setIssuer(issuer)
      .setSubject('service')
      .setAudience('convex')
      .setIssuedAt(iat)
      .setExpirationTime(iat + LIFETIME_MS / 1000)
      .sign(await importJWK({ kty, crv, x, y, d }, 'ES256'))
  }

  return {
    get(fresh = false) {
      const at = now()
      if (!current || fresh || at >= current.renewAt) {
        const token = mint(at)
        const entry = { token, renewAt: at + LIFETIME_MS - MARGIN_MS }
        current = entry
        // A failed mint must not be served from the cache for minutes.
        token.catch(() => {
          if (current === entry) current = undefined
        })
      }
      return current.token
    },
  }
}
