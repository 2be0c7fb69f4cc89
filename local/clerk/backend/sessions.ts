/** Sessions and tokens made by a server: how load tests sign people in without a browser. */
import { randomBytes } from 'node:crypto'
import { ClerkError } from '../clerkError.ts'
import { hashSecret } from '../frontend/context.ts'
import { SESSION_LIFE_MS } from '../identity.ts'
import { encodeSessionForServer, encodeToken } from '../resources.ts'
import type { SessionRow } from '../store/rows.ts'
import { encodeConvexToken, encodeSessionToken } from '../tokens.ts'
import { type BackendContext, readSeconds, requireText } from './context.ts'

export function listSessions(context: BackendContext): unknown {
  const userId = context.url.searchParams.get('user_id')
  if (userId === null) {
    throw new ClerkError('form_param_missing', { param: 'user_id', message: 'The local Clerk lists by user_id only.' })
  }
  const rows = context.identity.sessions.activeOfUser(userId, context.now)
  const data = rows.map((session) => encodeSessionForServer(session, context.now))
  return context.url.searchParams.get('paginated') === 'true' ? { data, total_count: data.length } : data
}

export function createSession(context: BackendContext): unknown {
  const { identity, now, userAgent } = context
  const user = identity.accounts.require(requireText(context, 'user_id'))
  const session: SessionRow = {
    id: identity.newId('sess'),
    clientId: '',
    userId: user.id,
    status: 'active',
    userAgent,
    ipAddress: '127.0.0.1',
    createdAt: now,
    updatedAt: now,
    lastActiveAt: now,
    expireAt: now + SESSION_LIFE_MS,
  }
  identity.sessions.insert(session)
  return encodeSessionForServer(session, now)
}

export function getSession(context: BackendContext, id = ''): unknown {
  return encodeSessionForServer(requireSession(context, id), context.now)
}

export function revokeSession(context: BackendContext, id = ''): unknown {
  const session = requireSession(context, id)
  context.identity.sessions.end(id, 'revoked', context.now)
  return encodeSessionForServer({ ...session, status: 'revoked', updatedAt: context.now }, context.now)
}

export function createToken(context: BackendContext, id = '', template?: string): unknown {
  const { identity, now } = context
  const session = requireSession(context, id)
  if (session.status !== 'active' || session.expireAt <= now) {
    throw new ClerkError('resource_not_found', { message: `Session ${id} is over.` })
  }
  const lifetimeSeconds = readSeconds(context, 'expires_in_seconds', identity.tokenLifeSeconds)
  // There is no browser whose origin to name: the application's first one, which its servers accept.
  const request = { now, lifetimeSeconds, azp: identity.config.appOrigins[0] ?? '' }
  if (template === undefined) return encodeToken(encodeSessionToken(identity.keys, session, request))
  if (template !== 'convex') {
    throw new ClerkError('resource_not_found', { message: `There is no token template "${template}", only "convex".` })
  }
  return encodeToken(encodeConvexToken(identity.keys, identity.accounts.require(session.userId), request))
}

/** A one-time ticket: `<SignIn/>` at `?__clerk_ticket=…` signs the person in with it. */
export function createSignInToken(context: BackendContext): unknown {
  const { identity, now } = context
  const user = identity.accounts.require(requireText(context, 'user_id'))
  const seconds = readSeconds(context, 'expires_in_seconds', 30 * 24 * 3600)
  const token = randomBytes(32).toString('base64url')
  identity.attempts.addTicket(hashSecret(token), user.id, now + seconds * 1000)
  return {
    object: 'sign_in_token',
    id: identity.newId('sit'),
    user_id: user.id,
    token,
    status: 'pending',
    url: `${identity.config.appOrigins[0] ?? ''}/sign-in?__clerk_ticket=${token}`,
    created_at: now,
    updated_at: now,
  }
}

function requireSession({ identity }: BackendContext, id: string): SessionRow {
  const session = identity.sessions.byId(id)
  if (!session) throw new ClerkError('resource_not_found', { message: `No session was found with id ${id}.` })
  return session
}
