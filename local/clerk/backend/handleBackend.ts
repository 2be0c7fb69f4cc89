/** The Backend API: what a server with the secret key may do. */
import { timingSafeEqual } from 'node:crypto'
import { ClerkError } from '../clerkError.ts'
import type { Identity } from '../identity.ts'
import { findRoute, type Route, route } from '../router.ts'
import type { BackendContext } from './context.ts'
import { createSession, createSignInToken, createToken, getSession, listSessions, revokeSession } from './sessions.ts'
import {
  countUsers,
  createUser,
  getUser,
  listUsers,
  removeUser,
  updateUser,
  updateUserMetadata,
  verifyPassword,
} from './users.ts'

const routes: readonly Route<BackendContext, unknown>[] = [
  route('GET', '/v1/users', listUsers),
  route('POST', '/v1/users', createUser),
  route('GET', '/v1/users/count', countUsers),
  route('GET', '/v1/users/:id', getUser),
  route('PATCH', '/v1/users/:id', updateUser),
  route('DELETE', '/v1/users/:id', removeUser),
  route('PATCH', '/v1/users/:id/metadata', updateUserMetadata('merge')),
  route('PUT', '/v1/users/:id/metadata', updateUserMetadata('replace')),
  route('POST', '/v1/users/:id/verify_password', verifyPassword),
  route('GET', '/v1/sessions', listSessions),
  route('POST', '/v1/sessions', createSession),
  route('GET', '/v1/sessions/:id', getSession),
  route('POST', '/v1/sessions/:id/revoke', revokeSession),
  route('POST', '/v1/sessions/:id/tokens', createToken),
  route('POST', '/v1/sessions/:id/tokens/:template', createToken),
  route('POST', '/v1/sign_in_tokens', createSignInToken),
]

export async function handleBackend(identity: Identity, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const found = findRoute(routes, request.method, url.pathname)
  // The proxy forwards whatever a browser asks for; its secret header is no authority here.
  if (found.kind === 'unknown' || request.headers.has('clerk-proxy-url')) {
    const message = `${request.method} ${url.pathname} is not part of the local Clerk (local/clerk/SPEC.md lists what is).`
    if (found.kind === 'unknown') identity.log.warn('unknown-route', { method: request.method, path: url.pathname })
    throw new ClerkError('resource_not_found', { message })
  }
  requireSecretKey(identity, request)
  if (found.kind === 'wrong-method') throw new ClerkError('method_not_allowed')
  const context: BackendContext = {
    identity,
    url,
    body: await readJson(request),
    now: identity.clock.now(),
    userAgent: request.headers.get('user-agent') ?? '',
  }
  return Response.json(await found.run(context), { headers: { 'cache-control': 'no-store' } })
}

function requireSecretKey(identity: Identity, request: Request): void {
  const sent = Buffer.from(request.headers.get('authorization') ?? '')
  const expected = Buffer.from(`Bearer ${identity.keys.secretKey}`)
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) throw new ClerkError('authorization_invalid')
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text()
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Falls through to the refusal: whatever is not an object is refused alike.
  }
  throw new ClerkError('request_invalid', { message: 'The body must be a JSON object.' })
}
