/** One call of a browser through the application's proxy: who it is, what it sent, what it gets back. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { ClerkError } from '../clerkError.ts'
import type { Identity } from '../identity.ts'
import { encodeClient, encodeSession } from '../resources.ts'
import type { ClientRow, SessionRow, UserRow } from '../store/rows.ts'
import { encodeConvexToken, encodeSessionToken } from '../tokens.ts'
import { encodeSignIn, encodeSignUp } from './attempts.ts'
import type { CookieJar } from './cookies.ts'

export interface FrontendContext {
  identity: Identity
  url: URL
  form: URLSearchParams
  /** The application's origin the browser is on; goes into the tokens as `azp`. */
  origin: string
  ip: string
  userAgent: string
  now: number
  /** The browser, once it is known. */
  client: ClientRow | undefined
  cookies: CookieJar
}

export type FrontendAnswer =
  /** `{response, client}`: the browser replaces its state by `client`. */
  { kind: 'wrapped'; response: unknown } | { kind: 'plain'; body: unknown } | { kind: 'redirect'; to: string }

export const wrapped = (response: unknown): FrontendAnswer => ({ kind: 'wrapped', response })
export const plain = (body: unknown): FrontendAnswer => ({ kind: 'plain', body })

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** The browser that the cookie names; undefined for an unknown, forged or rotated-away one. */
export function findClient(identity: Identity, cookie: string | undefined): ClientRow | undefined {
  const [id, secret] = (cookie ?? '').split('.')
  if (!id || !secret) return undefined
  const client = identity.sessions.client(id)
  if (!client) return undefined
  const expected = Buffer.from(client.secretHash)
  const actual = Buffer.from(hashSecret(secret))
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? client : undefined
}

/** The browser, made known now if it was not. */
export function ensureClient(context: FrontendContext): ClientRow {
  return context.client ?? giveSecret(context, context.identity.newId('client'), 0)
}

/** A new secret at every sign-in: a cookie that leaked before is worth nothing after. */
export function giveSecret(context: FrontendContext, id: string, changedAtSeconds: number): ClientRow {
  const secret = randomBytes(32).toString('base64url')
  const createdAt = context.client?.createdAt ?? context.now
  const client = { id, secretHash: hashSecret(secret), changedAtSeconds, createdAt, updatedAt: context.now }
  context.identity.sessions.saveClient(client)
  context.cookies.setClient(`${id}.${secret}`)
  context.client = client
  return client
}

export function activeSessions(context: FrontendContext): SessionRow[] {
  return context.client ? context.identity.sessions.activeOfClient(context.client.id, context.now) : []
}

/** The browser's own active session of that id; a foreign or ended one is the same as none. */
export function requireSession(context: FrontendContext, id: string): SessionRow {
  const session = activeSessions(context).find((active) => active.id === id)
  if (!session) throw new ClerkError('signed_out')
  return session
}

export function requireCurrent(context: FrontendContext): { session: SessionRow; user: UserRow } {
  const [session] = activeSessions(context)
  if (!session) throw new ClerkError('signed_out')
  return { session, user: context.identity.accounts.require(session.userId) }
}

export function signToken(context: FrontendContext, session: SessionRow): string {
  return encodeSessionToken(context.identity.keys, session, tokenRequest(context))
}

export function signTemplateToken(context: FrontendContext, session: SessionRow, template: string): string {
  if (template !== 'convex') {
    throw new ClerkError('resource_not_found', { message: `There is no token template "${template}", only "convex".` })
  }
  return encodeConvexToken(
    context.identity.keys,
    context.identity.accounts.require(session.userId),
    tokenRequest(context),
  )
}

function tokenRequest({ identity, now, origin }: FrontendContext) {
  return { now, lifetimeSeconds: identity.tokenLifeSeconds, azp: origin }
}

export function sessionResource(context: FrontendContext, session: SessionRow) {
  const user = context.identity.accounts.require(session.userId)
  return encodeSession(session, user, signToken(context, session), context.now)
}

/** The browser's state, null while it has none. */
export function clientResource(context: FrontendContext): unknown {
  const { client, identity } = context
  if (!client) return null
  const sessions = activeSessions(context).map((session) => sessionResource(context, session))
  const signIn = identity.attempts.ofClient(client.id, 'sign_in')
  const signUp = identity.attempts.ofClient(client.id, 'sign_up')
  const parts = {
    sessions,
    signIn: signIn ? encodeSignIn(identity, signIn) : null,
    signUp: signUp ? encodeSignUp(signUp) : null,
  }
  return encodeClient(client, parts, sessions[0]?.id ?? null)
}
