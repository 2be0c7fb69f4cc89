/** A provider without sockets, on a clock that stands still, and browsers that talk to it as the application's proxy would. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createFakeClock } from '../../kernel/fakeClock.ts'
import { silentLog } from '../../kernel/log.ts'
import type { ClerkConfig } from '../config.ts'
import { createHandleRequest } from '../handleRequest.ts'
import { createIdentity, type IdentityOptions } from '../identity.ts'
import { loadOrCreateKeys } from '../keys.ts'
import { createPasswords } from '../passwords.ts'

export const APP = 'http://localhost:3000'
export const OTHER_APP = 'http://localhost:3100'
export const PASSWORD = 'correct horse battery'

/** One key pair a test file: making one takes long. */
const keyFolder = mkdtempSync(join(tmpdir(), 'clerk-keys-'))
export const keys = loadOrCreateKeys(keyFolder, 4510)
process.on('exit', () => rmSync(keyFolder, { recursive: true, force: true }))

export const config: ClerkConfig = {
  port: 4510,
  dataDir: keyFolder,
  appOrigins: [APP, OTHER_APP],
  profile: 'friendly',
  attemptsPerMinute: 1000,
  signUpOpen: true,
}

/** Cheap hashes: their cost is not what these tests are about. */
export const cheapPasswords = () => createPasswords(4)

export function createTestClerk(changes: Partial<ClerkConfig> = {}, options: Partial<IdentityOptions> = {}) {
  const clock = createFakeClock()
  const identity = createIdentity({
    config: { ...config, ...changes },
    keys,
    databasePath: ':memory:',
    clock,
    log: silentLog,
    passwords: cheapPasswords(),
    ...options,
  })
  onTestFinished(() => identity.close())
  const handle = createHandleRequest(identity)

  /** The Backend API, with the secret key. */
  async function server(method: string, path: string, body?: unknown) {
    const headers = { authorization: `Bearer ${keys.secretKey}`, 'content-type': 'application/json' }
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
    return readReply(await handle(new Request(`${keys.issuer}${path}`, init)))
  }

  return { identity, clock, handle, server, browser: (origin = APP) => createBrowser(handle, origin) }
}

export interface Reply {
  status: number
  headers: Headers
  /** The parsed body; `undefined` for an empty one. */
  body: unknown
  /** The value at a dotted path of the body, as `client.sessions.0.id`. */
  at(path: string): unknown
  text(path: string): string
}

export type Browser = ReturnType<typeof createBrowser>

export function createBrowser(
  handle: (request: Request) => Promise<Response>,
  origin = APP,
  secretKey = keys.secretKey,
) {
  const cookies = new Map<string, string>()

  async function call(method: string, path: string, fields: Record<string, string> = {}, headers: HeadersInit = {}) {
    const verb = method === 'GET' || method === 'POST' ? method : 'POST'
    const url = new URL(path, keys.issuer)
    if (verb !== method) url.searchParams.set('_method', method)
    const sent = new Headers({
      'clerk-secret-key': secretKey,
      'clerk-proxy-url': `${origin}/__clerk`,
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(verb === 'POST' ? { origin, 'content-type': 'application/x-www-form-urlencoded' } : {}),
    })
    for (const [name, value] of new Headers(headers)) sent.set(name, value)
    const body = verb === 'POST' ? { body: new URLSearchParams(fields).toString() } : {}
    const response = await handle(new Request(url, { method: verb, headers: sent, redirect: 'manual', ...body }))
    for (const cookie of response.headers.getSetCookie()) keep(cookie)
    return readReply(response)
  }

  function keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ')
    const equals = pair.indexOf('=')
    if (attributes.includes('Max-Age=0')) cookies.delete(pair.slice(0, equals))
    else cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
  }

  return {
    cookies,
    call,
    get: (path: string, headers?: HeadersInit) => call('GET', path, {}, headers),
    post: (path: string, fields?: Record<string, string>, headers?: HeadersInit) => call('POST', path, fields, headers),
    signUp: (email: string, password = PASSWORD) =>
      call('POST', '/v1/client/sign_ups', { email_address: email, password }),
    signIn: (email: string, password = PASSWORD) =>
      call('POST', '/v1/client/sign_ins', { identifier: email, password }),
  }
}

async function readReply(response: Response): Promise<Reply> {
  const text = await response.text()
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  const at = (path: string): unknown =>
    path.split('.').reduce<unknown>((value, key) => {
      return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
    }, body)
  return {
    status: response.status,
    headers: response.headers,
    body,
    at,
    text(path) {
      const value = at(path)
      if (typeof value !== 'string') throw new Error(`No text at ${path} of ${text.slice(0, 300)}`)
      return value
    },
  }
}

/** The claims or the header of a JWT, unverified. */
export function decodePart(jwt: string, part: 0 | 1): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[part] ?? '', 'base64url').toString()) as Record<string, unknown>
}
