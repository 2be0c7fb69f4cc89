/** Keys and signatures: what the server signs its calls with, and what it accepts from the SDK. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import canonicalize from 'canonicalize'

const keyPrefix = /^signkey-\w+-/

/** The form in which the SDK sends its signing key as a bearer token. */
export function hashSigningKey(key: string): string {
  const prefix = keyPrefix.exec(key)?.[0] ?? ''
  return (
    prefix +
    createHash('sha256')
      .update(Buffer.from(key.slice(prefix.length), 'hex'))
      .digest('hex')
  )
}

/**
 * The exact bytes to send. With a key they must be canonical JSON (RFC 8785): the SDK parses the body and
 * canonicalises it again before it checks the signature.
 */
export function encodeBody(body: unknown, signed: boolean): string {
  const text = signed ? canonicalize(body) : JSON.stringify(body)
  if (text === undefined) throw new Error('The body of a call is not JSON.')
  return text
}

/** `X-Inngest-Signature` for a body as sent. The key's hex text itself is the HMAC key, not the bytes it spells. */
export function signBody(body: string, key: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000)
  const hmac = createHmac('sha256', key.replace(keyPrefix, '')).update(body).update(String(seconds)).digest('hex')
  return `t=${seconds}&s=${hmac}`
}

/** Compares secrets without telling by its timing how much was right. */
export function sameSecret(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(wanted))
}

/** Accepts the hashed key (the SDK) and the key itself (people with curl). */
export function bearerMatches(header: string | undefined, signingKey: string): boolean {
  const token = header?.startsWith('Bearer ') ? header.slice(7) : ''
  return token !== '' && (sameSecret(token, hashSigningKey(signingKey)) || sameSecret(token, signingKey))
}
