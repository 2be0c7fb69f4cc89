/** The whole provider as one function from request to response; no sockets. */
import { handleBackend } from './backend/handleBackend.ts'
import { createBundles, isBundlePath } from './bundles.ts'
import { ClerkError, encodeError } from './clerkError.ts'
import { handleFrontend, isFrontendPath } from './frontend/handleFrontend.ts'
import type { Identity } from './identity.ts'
import { encodeJwks } from './tokens.ts'

export type HandleRequest = (request: Request) => Promise<Response>

export function createHandleRequest(identity: Identity): HandleRequest {
  const serveBundle = createBundles()

  return async (request) => {
    const { pathname } = new URL(request.url)
    try {
      if (isBundlePath(pathname)) return await serveBundle(request)
      if (isFrontendPath(pathname)) return await handleFrontend(identity, request)
      if (request.method === 'GET') {
        const open = openDocument(identity, pathname)
        if (open !== undefined) return Response.json(open)
      }
      return await handleBackend(identity, request)
    } catch (error) {
      if (error instanceof ClerkError) return encodeError(error)
      // The path only: query strings carry tokens.
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      identity.log.error('request-failed', { method: request.method, path: pathname, message })
      return encodeError(new ClerkError('internal'))
    }
  }
}

/** What anyone may read: readiness, and how to verify a token. */
function openDocument(identity: Identity, pathname: string): unknown {
  const { keys, outbox } = identity
  switch (pathname) {
    case '/health':
      return { status: 'ok', part: 'clerk', profile: identity.config.profile, webhooksOwed: outbox.size() }
    case '/v1/jwks':
    case '/.well-known/jwks.json':
      return encodeJwks(keys)
    case '/.well-known/openid-configuration':
      return {
        issuer: keys.issuer,
        jwks_uri: `${keys.issuer}/.well-known/jwks.json`,
        authorization_endpoint: `${keys.issuer}/oauth/authorize`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'azp', 'sid', 'name', 'email'],
      }
    default:
      return undefined
  }
}
