/** The cookies of the provider: read from a request, collected for the answer. */
import { createHash } from 'node:crypto'

export interface CookieJar {
  /** The browser's identity: unreadable for scripts, sent to the proxy path only. */
  setClient(value: string): void
  /** Seconds of the last sign-in; 0 tells the server that nobody is signed in. */
  setSignedInAt(seconds: number): void
  /** The session token itself; only the handshake writes it. Undefined deletes it. */
  setSession(token: string | undefined): void
  /** True when the browser still says that someone is signed in. */
  claimsSignedIn(): boolean
  /** `Set-Cookie` values; the last word on each cookie. */
  headers(): string[]
  readonly clientCookie: string | undefined
}

const YEAR_S = 365 * 24 * 3600

/** As the SDK computes it: two Clerk applications on one host name do not overwrite each other's cookies. */
export function cookieSuffix(publishableKey: string): string {
  return createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8)
}

export function createCookieJar(
  header: string | null,
  options: { suffix: string; proxyPath: string; secure: boolean },
): CookieJar {
  const received = parseCookies(header)
  const set = new Map<string, string>()
  // The suffix is ours: nobody but this provider reads the cookie, and two copies on localhost share a jar.
  const clientName = `__client_${options.suffix}`
  const secure = options.secure ? '; Secure' : ''
  const put = (name: string, value: string, path: string, seconds: number, extra = '') =>
    set.set(name, `${name}=${value}; Path=${path}; Max-Age=${seconds}; SameSite=Lax${secure}${extra}`)
  const setBoth = (name: string, value: string, seconds: number) => {
    put(name, value, '/', seconds)
    put(`${name}_${options.suffix}`, value, '/', seconds)
  }
  return {
    headers: () => [...set.values()],
    clientCookie: received.get(clientName),
    setClient: (value) => put(clientName, value, options.proxyPath, YEAR_S, '; HttpOnly'),
    setSignedInAt: (seconds) => setBoth('__client_uat', String(seconds), YEAR_S),
    setSession: (token) => setBoth('__session', token ?? '', token === undefined ? 0 : YEAR_S),
    claimsSignedIn: () =>
      (received.get(`__client_uat_${options.suffix}`) ?? received.get('__client_uat') ?? '0') !== '0',
  }
}

export function parseCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=')
    if (equals > 0) cookies.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim())
  }
  return cookies
}
