/** The tokens this provider signs, as claims and as JWTs. Pure, given a key and a time. */
import { createPublicKey, randomUUID, sign } from 'node:crypto'
import type { ClerkKeys } from './keys.ts'
import type { SessionRow, UserRow } from './store/rows.ts'

/** A template token must not pass as a session: the server SDK tells them apart by this header field. */
const SESSION_CATEGORY = 'cl_B7d4PD111AAA'
const TEMPLATE_CATEGORY = 'cl_B7d4PD222AAA'
/** Verifiers' clocks may be behind ours. */
const NOT_BEFORE_LEEWAY_S = 10

export interface TokenRequest {
  now: number
  lifetimeSeconds: number
  /** The origin the token is used on. */
  azp: string
}

export function encodeSessionToken(keys: ClerkKeys, session: SessionRow, request: TokenRequest): string {
  const sinceSignIn = Math.floor((request.now - session.createdAt) / 60_000)
  return encodeJwt(keys, SESSION_CATEGORY, {
    ...timeClaims(request),
    azp: request.azp,
    aud: 'convex',
    iss: keys.issuer,
    sid: session.id,
    sub: session.userId,
    sts: 'active',
    fva: [sinceSignIn, -1],
    v: 2,
  })
}

export function encodeConvexToken(keys: ClerkKeys, user: UserRow, request: TokenRequest): string {
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ')
  return encodeJwt(keys, TEMPLATE_CATEGORY, {
    ...timeClaims(request),
    azp: request.azp,
    aud: 'convex',
    iss: keys.issuer,
    sub: user.id,
    name: name === '' ? null : name,
    given_name: user.firstName,
    family_name: user.lastName,
    nickname: null,
    email: user.email,
    email_verified: true,
    updated_at: Math.floor(user.updatedAt / 1000),
  })
}

/** The public key as the JSON Web Key Set that verifiers fetch. */
export function encodeJwks(keys: ClerkKeys) {
  const { kty, n, e } = createPublicKey(keys.privateKey).export({ format: 'jwk' })
  return { keys: [{ kty, n, e, alg: 'RS256', use: 'sig', kid: keys.instanceId }] }
}

function timeClaims({ now, lifetimeSeconds }: TokenRequest) {
  const iat = Math.floor(now / 1000)
  return { iat, exp: iat + lifetimeSeconds, nbf: iat - NOT_BEFORE_LEEWAY_S, jti: randomUUID().replaceAll('-', '') }
}

function encodeJwt(keys: ClerkKeys, cat: string, claims: Record<string, unknown>): string {
  const header = { alg: 'RS256', typ: 'JWT', kid: keys.instanceId, cat }
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), keys.privateKey).toString('base64url')}`
}
