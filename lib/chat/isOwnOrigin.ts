/** Whether a request may act with the browser's cookies: only pages of the app itself may (CSRF). Pure. */

/**
 * A bearer token proves that the caller holds it: no browser adds it by itself, so its origin does not matter.
 * With cookies the `Origin` header must be the app's; browsers send it with every cross-site POST, and a page cannot forge it.
 */
export function isOwnOrigin(headers: Headers, ownOrigins: readonly string[]): boolean {
  if (headers.get('authorization')?.toLowerCase().startsWith('bearer ')) return true
  const origin = headers.get('origin')
  if (origin !== null) return ownOrigins.includes(origin)
  return headers.get('sec-fetch-site') === 'same-origin'
}
