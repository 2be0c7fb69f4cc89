// Who this browser is signed in as at this moment, by the session cookie itself. Clerk's own state in a background tab learns of
// another tab's sign-out only when it is looked at again; the cookie goes out with the very next request, so it is what counts.
// Only for holding back: what the server believes is the verified token.

/** The subjects of every readable session cookie; empty when there is none (signed out, or a cookie we cannot read). */
export function readSessionSubjects(cookies: string): string[] {
  return cookies.split(';').flatMap((cookie) => {
    const [name = '', value = ''] = cookie.trim().split('=', 2)
    if (name !== '__session' && !name.startsWith('__session_')) return []
    const subject = parseSubject(value)
    return subject === null ? [] : [subject]
  })
}

/** False only when a cookie names someone else: a missing or expired one is renewed by the request itself. */
export function mayBeSession(cookies: string, ownerId: string): boolean {
  const subjects = readSessionSubjects(cookies)
  return subjects.length === 0 || subjects.includes(ownerId)
}

function parseSubject(token: string): string | null {
  try {
    const payload = token.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? ''
    const claims: unknown = JSON.parse(atob(payload))
    if (typeof claims !== 'object' || claims === null || !('sub' in claims)) return null
    return typeof claims.sub === 'string' ? claims.sub : null
  } catch {
    return null
  }
}
