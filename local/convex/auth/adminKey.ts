/** The deployment's admin key: who has it may call internal functions and speak as anybody. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { JsonObject, JsonValue, UserIdentity } from '../engine/backend.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** In constant time, whatever the lengths. */
export function isAdminKey(given: string, adminKey: string): boolean {
  return adminKey !== '' && timingSafeEqual(digest(given), digest(adminKey))
}

/** `<key>` or `<key>:<base64 of the identity to act as>`, as the HTTP header has it. */
export function splitAdminToken(token: string): { key: string; actingAs: string | undefined } {
  const colon = token.lastIndexOf(':')
  if (colon === -1) return { key: token, actingAs: undefined }
  return { key: token.slice(0, colon), actingAs: token.slice(colon + 1) }
}

/** The attributes an admin gave for the identity to act as; null when they do not name a subject and an issuer. */
export function identityFromAttributes(attributes: JsonObject): UserIdentity | null {
  const { subject, issuer, tokenIdentifier } = attributes
  if (typeof subject !== 'string' || typeof issuer !== 'string') return null
  const identifier = typeof tokenIdentifier === 'string' ? tokenIdentifier : `${issuer}|${subject}`
  return { ...attributes, tokenIdentifier: identifier, subject, issuer }
}

export function parseActingAs(base64: string): UserIdentity | null {
  try {
    const parsed = JSON.parse(Buffer.from(base64, 'base64').toString()) as JsonValue
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
    return identityFromAttributes(parsed)
  } catch {
    // The caller answers "not an identity" to whoever sent it.
    return null
  }
}
