/** Verified token claims → the identity a function sees. Pure. */
import type { AuthProvider, JsonObject, JsonValue, UserIdentity } from '../engine/backend.ts'

/** Standard OIDC claims and the names they have in an identity. */
const standardClaims: Record<string, string> = {
  name: 'name',
  given_name: 'givenName',
  family_name: 'familyName',
  nickname: 'nickname',
  preferred_username: 'preferredUsername',
  profile: 'profileUrl',
  picture: 'pictureUrl',
  website: 'websiteUrl',
  email: 'email',
  email_verified: 'emailVerified',
  gender: 'gender',
  birthdate: 'birthday',
  zoneinfo: 'timezone',
  locale: 'language',
  phone_number: 'phoneNumber',
  phone_number_verified: 'phoneNumberVerified',
}

/** Claims that name the token, not the person, or change with every token: they would defeat the query cache. */
const leftOut = new Set(['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'fva'])

/** Field names the value encoding refuses. */
function isFieldName(name: string): boolean {
  return name !== '' && !name.startsWith('$') && /^[\x20-\x7e]+$/.test(name)
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function updatedAt(value: JsonValue): string | null {
  if (typeof value === 'string') return value
  if (typeof value !== 'number' || Math.abs(value) > 8.64e12) return null
  return new Date(value * 1000).toISOString()
}

function oidcClaim(name: string, value: JsonValue): [string, JsonValue] | null {
  if (name === 'address') {
    const formatted = isObject(value) ? value['formatted'] : value
    return typeof formatted === 'string' ? ['address', formatted] : null
  }
  if (name === 'updated_at') {
    const at = updatedAt(value)
    return at === null ? null : ['updatedAt', at]
  }
  return [standardClaims[name] ?? name, value]
}

/** `{org: {id: 1}}` → `org.id`. */
function flatten(prefix: string, value: JsonValue, into: UserIdentity): void {
  if (!isObject(value)) {
    into[prefix] = value
    return
  }
  for (const [name, inner] of Object.entries(value)) {
    if (isFieldName(name)) flatten(`${prefix}.${name}`, inner, into)
  }
}

/** The three names that say who it is; no other claim may overwrite them. */
const reserved = new Set(['tokenIdentifier', 'subject', 'issuer'])

export function identityFromClaims(type: AuthProvider['type'], claims: JsonObject & { iss: string; sub: string }) {
  const { iss, sub } = claims
  const identity: UserIdentity = { tokenIdentifier: `${iss}|${sub}`, subject: sub, issuer: iss }
  for (const [name, value] of Object.entries(claims)) {
    if (leftOut.has(name) || reserved.has(name) || !isFieldName(name)) continue
    if (type === 'customJwt') {
      flatten(name, value, identity)
      continue
    }
    const mapped = oidcClaim(name, value)
    if (mapped) identity[mapped[0]] = mapped[1]
  }
  return identity
}
