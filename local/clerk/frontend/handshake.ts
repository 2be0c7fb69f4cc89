/**
 * The server met an expired or missing token on a page load and sent the browser here: set fresh cookies, send it back.
 * We stand on the application's own origin, so we may set the final cookies and need no signed payload.
 */
import { ClerkError } from '../clerkError.ts'
import { activeSessions, type FrontendAnswer, type FrontendContext, signToken } from './context.ts'

export function handshake(context: FrontendContext): FrontendAnswer {
  const to = requireOwnAddress(context)
  const [session] = activeSessions(context)
  if (session && context.client) {
    context.identity.sessions.touch(session.id, context.now)
    context.cookies.setSession(signToken(context, session))
    context.cookies.setSignedInAt(context.client.changedAtSeconds)
  } else {
    context.cookies.setSession(undefined)
    context.cookies.setSignedInAt(0)
  }
  return { kind: 'redirect', to }
}

/** Never a redirect to a foreign origin: that would be an open redirect with fresh cookies. */
function requireOwnAddress({ url, identity }: FrontendContext): string {
  const target = url.searchParams.get('redirect_url') ?? ''
  if (URL.canParse(target) && identity.config.appOrigins.includes(new URL(target).origin)) return new URL(target).href
  throw new ClerkError('origin_invalid', { message: 'redirect_url does not lead to this application.' })
}
