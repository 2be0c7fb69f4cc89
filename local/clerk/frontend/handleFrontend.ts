/** The Frontend API: what the browser's SDK calls, always through the application's proxy. */
import { timingSafeEqual } from 'node:crypto'
import { ClerkError, encodeError } from '../clerkError.ts'
import { encodeEnvironment } from '../environment.ts'
import type { Identity } from '../identity.ts'
import { findRoute, type Route, route } from '../router.ts'
import {
  createClient,
  createTemplateToken,
  createToken,
  endSession,
  getClient,
  getSession,
  removeSessions,
  touchSession,
} from './clientSessions.ts'
import { clientResource, type FrontendAnswer, type FrontendContext, findClient, plain } from './context.ts'
import { cookieSuffix, createCookieJar } from './cookies.ts'
import { handshake } from './handshake.ts'
import { changePassword, getMe, listMySessions, removeMe, revokeMySession, updateMe, updateMyMetadata } from './me.ts'
import { attemptFirstFactor, createSignIn, getSignIn } from './signIns.ts'
import { createSignUp, getSignUp, updateSignUp } from './signUps.ts'

const environment = ({ identity }: FrontendContext) =>
  plain(encodeEnvironment(identity.keys.instanceId, identity.config.signUpOpen))

const routes: readonly Route<FrontendContext, FrontendAnswer>[] = [
  route('GET', '/v1/environment', environment),
  route('PATCH', '/v1/environment', environment),
  route('GET', '/v1/client', getClient),
  route('PUT', '/v1/client', createClient),
  route('POST', '/v1/client', createClient),
  route('GET', '/v1/client/handshake', handshake),
  route('GET', '/v1/client/touch', handshake),
  route('POST', '/v1/client/sign_ups', createSignUp),
  route('GET', '/v1/client/sign_ups/:id', getSignUp),
  route('PATCH', '/v1/client/sign_ups/:id', updateSignUp),
  route('POST', '/v1/client/sign_ins', createSignIn),
  route('GET', '/v1/client/sign_ins/:id', getSignIn),
  route('POST', '/v1/client/sign_ins/:id/attempt_first_factor', attemptFirstFactor),
  route('DELETE', '/v1/client/sessions', removeSessions),
  route('GET', '/v1/client/sessions/:id', getSession),
  route('POST', '/v1/client/sessions/:id/touch', touchSession),
  route('POST', '/v1/client/sessions/:id/tokens', createToken),
  route('POST', '/v1/client/sessions/:id/tokens/:template', createTemplateToken),
  route('POST', '/v1/client/sessions/:id/remove', endSession('removed')),
  route('POST', '/v1/client/sessions/:id/end', endSession('ended')),
  route('GET', '/v1/me', getMe),
  route('PATCH', '/v1/me', updateMe),
  route('DELETE', '/v1/me', removeMe),
  route('PATCH', '/v1/me/metadata', updateMyMetadata),
  route('POST', '/v1/me/change_password', changePassword),
  route('GET', '/v1/me/sessions/active', listMySessions),
  route('POST', '/v1/me/sessions/:id/revoke', revokeMySession),
]

export function isFrontendPath(path: string): boolean {
  return /^\/v1\/(environment|client|me|dev_browser)(\/|$)/.test(path)
}

export async function handleFrontend(identity: Identity, request: Request): Promise<Response> {
  requireProxy(identity, request)
  const url = new URL(request.url)
  const proxy = requireAppProxy(identity, request)
  const method = (request.method === 'POST' ? url.searchParams.get('_method') : null) ?? request.method
  const found = findRoute(routes, method.toUpperCase(), url.pathname)
  if (found.kind !== 'found') {
    // The early warning that a newer SDK calls something new.
    identity.log.warn('unknown-route', { method, path: url.pathname })
    const message = `${method} ${url.pathname} is not part of the local Clerk (local/clerk/SPEC.md lists what is).`
    throw new ClerkError(found.kind === 'unknown' ? 'resource_not_found' : 'method_not_allowed', { message })
  }
  const context = await readContext(identity, request, url, proxy)
  const response = await answer(context, found.run)
  // A refusal carries them too: the browser was given its identity, even if the password was wrong.
  for (const cookie of context.cookies.headers()) response.headers.append('set-cookie', cookie)
  return response
}

async function answer(
  context: FrontendContext,
  run: (context: FrontendContext) => FrontendAnswer | Promise<FrontendAnswer>,
): Promise<Response> {
  try {
    return encodeAnswer(context, await run(context))
  } catch (error) {
    if (error instanceof ClerkError) return encodeError(error)
    throw error
  }
}

/** Only the application's proxy knows the secret key, so no other page or program can act as a browser. */
function requireProxy(identity: Identity, request: Request): void {
  const sent = Buffer.from(request.headers.get('clerk-secret-key') ?? '')
  const secret = Buffer.from(identity.keys.secretKey)
  if (sent.length !== secret.length || !timingSafeEqual(sent, secret)) throw new ClerkError('host_invalid')
}

function requireAppProxy(identity: Identity, request: Request): URL {
  const proxyUrl = request.headers.get('clerk-proxy-url') ?? ''
  const origin = request.headers.get('origin')
  const known = (address: string) =>
    URL.canParse(address) && identity.config.appOrigins.includes(new URL(address).origin)
  if (!known(proxyUrl) || (origin !== null && !known(origin))) {
    const origins = identity.config.appOrigins.join(', ')
    throw new ClerkError('origin_invalid', { message: `Open the application at ${origins} (APP_ORIGIN).` })
  }
  return new URL(proxyUrl)
}

async function readContext(identity: Identity, request: Request, url: URL, proxy: URL): Promise<FrontendContext> {
  const cookies = createCookieJar(request.headers.get('cookie'), {
    suffix: cookieSuffix(identity.keys.publishableKey),
    proxyPath: proxy.pathname,
    secure: proxy.protocol === 'https:',
  })
  return {
    identity,
    url,
    form: await readForm(request),
    origin: proxy.origin,
    ip: request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() || '127.0.0.1',
    userAgent: request.headers.get('user-agent') ?? '',
    now: identity.clock.now(),
    client: findClient(identity, cookies.clientCookie),
    cookies,
  }
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? ''
  if (request.body === null || type === '') return new URLSearchParams()
  if (type.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams(await request.text())
  throw new ClerkError('request_invalid', { message: `A form is expected here, not ${type.split(';')[0]}.` })
}

function encodeAnswer(context: FrontendContext, answer: FrontendAnswer): Response {
  const headers = { 'cache-control': 'no-store' }
  switch (answer.kind) {
    case 'redirect':
      return new Response(null, { status: 307, headers: { ...headers, location: answer.to } })
    case 'plain':
      return Response.json(answer.body, { headers })
    case 'wrapped':
      // After the answer's own work: the browser's state is what it is now.
      return Response.json({ response: answer.response, client: clientResource(context) }, { headers })
  }
}
