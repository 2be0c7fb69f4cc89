/** Checks one JWT against one provider: signature, algorithm, issuer's keys, lifetime. */
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Clock } from '../../kernel/clock.ts'
import type { AuthProvider, JsonObject, UserIdentity } from '../engine/backend.ts'
import { identityFromClaims } from './claims.ts'
import { type KeySets, KeysUnavailable } from './keySets.ts'
import { matchProvider } from './matchProvider.ts'

const CLOCK_TOLERANCE_S = 5
const OIDC_ALGORITHMS = ['RS256', 'EdDSA']

export type Verified =
  | { kind: 'accepted'; identity: UserIdentity; expiresAt: number }
  /** The token is bad: the client must get another. */
  | { kind: 'refused'; code: string; message: string }
  /** Nobody can tell now (the issuer's keys cannot be read): the client should try the same again. */
  | { kind: 'unavailable'; message: string }

function refused(code: string, message: string): Verified {
  return { kind: 'refused', code, message }
}

function audienceOf(payload: JWTPayload): string[] {
  if (payload.aud === undefined) return []
  return Array.isArray(payload.aud) ? payload.aud : [payload.aud]
}

interface Unverified {
  payload: JWTPayload
  algorithm: string | undefined
  keyId: string | undefined
}

function decode(token: string): Unverified | null {
  try {
    const header = decodeProtectedHeader(token)
    return { payload: decodeJwt(token), algorithm: header.alg, keyId: header.kid }
  } catch {
    // Not an error of ours: whatever was sent is no JWT, and the caller says so to the sender.
    return null
  }
}

async function keysFor(provider: AuthProvider, keyId: string | undefined, keySets: KeySets) {
  const known = await keySets.get(provider)
  if (keyId === undefined || known.keys.some((key) => key.kid === keyId)) return known
  return keySets.get(provider, { refetch: true })
}

async function verifyAgainst(
  provider: AuthProvider,
  token: string,
  decoded: Unverified,
  keySets: KeySets,
  now: number,
) {
  const keys = await keysFor(provider, decoded.keyId, keySets)
  return jwtVerify(token, createLocalJWKSet(keys), {
    algorithms: provider.type === 'oidc' ? OIDC_ALGORITHMS : [provider.algorithm],
    clockTolerance: CLOCK_TOLERANCE_S,
    currentDate: new Date(now),
    requiredClaims: ['iss', 'sub', 'exp'],
  })
}

function explain(error: unknown): Verified {
  if (error instanceof KeysUnavailable) return { kind: 'unavailable', message: error.message }
  if (error instanceof errors.JWTExpired) return refused('TokenExpired', 'The token has expired.')
  if (error instanceof errors.JOSEError) return refused('InvalidToken', `The token was refused: ${error.message}.`)
  throw error
}

export async function verifyToken(
  token: string,
  providers: readonly AuthProvider[],
  keySets: KeySets,
  clock: Clock,
): Promise<Verified> {
  const decoded = decode(token)
  if (!decoded) return refused('InvalidToken', 'The token is not a JWT.')
  const issuer = decoded.payload.iss ?? ''
  const provider = matchProvider(providers, issuer, audienceOf(decoded.payload))
  if (!provider) {
    const audience = audienceOf(decoded.payload).join(', ') || 'none'
    return refused(
      'NoAuthProvider',
      `No provider in auth.config matches the token (issuer "${issuer}", audience ${audience}).`,
    )
  }
  if (provider.type === 'customJwt' && decoded.keyId === undefined) {
    return refused(
      'InvalidToken',
      'The token names no key: its header needs a "kid" that is in the provider\'s key set.',
    )
  }
  try {
    const { payload } = await verifyAgainst(provider, token, decoded, keySets, clock.now())
    const { iss = '', sub = '', exp = 0 } = payload
    // The payload came out of JSON.parse: it holds nothing but JSON.
    const claims = { ...(payload as JsonObject), iss, sub }
    return {
      kind: 'accepted',
      identity: identityFromClaims(provider.type, claims),
      expiresAt: (exp + CLOCK_TOLERANCE_S) * 1000,
    }
  } catch (error) {
    return explain(error)
  }
}
