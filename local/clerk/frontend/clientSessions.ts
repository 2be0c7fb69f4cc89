/** The browser's state, its sessions and their tokens. */
import { encodeToken } from '../resources.ts'
import {
  activeSessions,
  clientResource,
  ensureClient,
  type FrontendAnswer,
  type FrontendContext,
  plain,
  requireSession,
  sessionResource,
  signTemplateToken,
  signToken,
  wrapped,
} from './context.ts'
import { endSessions } from './startSession.ts'

/** Never an error: an unknown cookie is a browser without a state. */
export function getClient(context: FrontendContext): FrontendAnswer {
  // After a reset of the data the browser would otherwise claim a sign-in that no longer exists.
  if (context.cookies.claimsSignedIn() && activeSessions(context).length === 0) context.cookies.setSignedInAt(0)
  return plain({ response: clientResource(context), client: null })
}

export function createClient(context: FrontendContext): FrontendAnswer {
  ensureClient(context)
  return plain({ response: clientResource(context), client: null })
}

export function getSession(context: FrontendContext, id = ''): FrontendAnswer {
  return wrapped(sessionResource(context, requireSession(context, id)))
}

export function touchSession(context: FrontendContext, id = ''): FrontendAnswer {
  const session = requireSession(context, id)
  context.identity.sessions.touch(session.id, context.now)
  return wrapped(sessionResource(context, { ...session, lastActiveAt: context.now, updatedAt: context.now }))
}

export function createToken(context: FrontendContext, id = ''): FrontendAnswer {
  return plain(encodeToken(signToken(context, requireSession(context, id))))
}

export function createTemplateToken(context: FrontendContext, id = '', template = ''): FrontendAnswer {
  return plain(encodeToken(signTemplateToken(context, requireSession(context, id), template)))
}

export function endSession(status: 'ended' | 'removed') {
  return (context: FrontendContext, id = ''): FrontendAnswer => {
    const session = requireSession(context, id)
    const resource = sessionResource(context, session)
    endSessions(context, [session.id], status)
    return wrapped({ ...resource, status, last_active_token: null })
  }
}

/** Sign-out. */
export function removeSessions(context: FrontendContext): FrontendAnswer {
  endSessions(
    context,
    activeSessions(context).map((session) => session.id),
    'removed',
  )
  return wrapped(clientResource(context))
}
