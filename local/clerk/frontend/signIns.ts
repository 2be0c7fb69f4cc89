/** Sign-in: identifier, then password (or both at once), or a one-time ticket. */
import { ClerkError } from '../clerkError.ts'
import type { AttemptRow } from '../store/rows.ts'
import { encodeSignIn, parseSignInFields, type SignInFields } from './attempts.ts'
import { ensureClient, type FrontendAnswer, type FrontendContext, hashSecret, wrapped } from './context.ts'
import { startSession } from './startSession.ts'

export async function createSignIn(context: FrontendContext): Promise<FrontendAnswer> {
  context.identity.rateLimit.count(context.ip)
  const row = newAttempt(context, context.form.get('strategy') === 'ticket' ? takeTicket(context) : findPerson(context))
  if (context.form.get('strategy') === 'ticket') return complete(context, row)
  if (context.form.has('password')) return completeWithPassword(context, row)
  context.identity.attempts.save(row)
  return wrapped(encodeSignIn(context.identity, row))
}

export async function attemptFirstFactor(context: FrontendContext, id = ''): Promise<FrontendAnswer> {
  const row = requireSignIn(context, id)
  const strategy = context.form.get('strategy')
  if (strategy !== 'password') {
    throw new ClerkError('strategy_for_user_invalid', { message: `Only passwords work here, not "${strategy}".` })
  }
  return completeWithPassword(context, row)
}

export function getSignIn(context: FrontendContext, id = ''): FrontendAnswer {
  return wrapped(encodeSignIn(context.identity, requireSignIn(context, id)))
}

function newAttempt(context: FrontendContext, fields: SignInFields): AttemptRow {
  return {
    id: context.identity.newId('sia'),
    clientId: ensureClient(context).id,
    kind: 'sign_in',
    data: JSON.stringify(fields),
    createdAt: context.now,
  }
}

function requireSignIn({ client, identity }: FrontendContext, id: string): AttemptRow {
  const row = client && identity.attempts.ofClient(client.id, 'sign_in')
  if (!row || row.id !== id)
    throw new ClerkError('resource_not_found', { message: 'This sign-in is over. Start again.' })
  return row
}

function findPerson({ form, identity }: FrontendContext): SignInFields {
  const identifier = form.get('identifier')
  if (identifier === null || identifier.trim() === '') return { userId: null, identifier: null }
  const user = identity.users.byEmail(identifier.trim().toLowerCase())
  // As Clerk's default: an unknown address is told apart from a wrong password.
  if (!user) throw new ClerkError('form_identifier_not_found', { param: 'identifier' })
  return { userId: user.id, identifier: user.email }
}

function takeTicket({ form, identity, now }: FrontendContext): SignInFields {
  const userId = identity.attempts.takeTicket(hashSecret(form.get('ticket') ?? ''), now)
  const user = userId === undefined ? undefined : identity.users.byId(userId)
  if (!user) throw new ClerkError('ticket_invalid')
  return { userId: user.id, identifier: user.email }
}

async function completeWithPassword(context: FrontendContext, row: AttemptRow): Promise<FrontendAnswer> {
  const { userId } = parseSignInFields(row)
  if (userId === null) throw new ClerkError('form_param_nil', { param: 'identifier' })
  await context.identity.accounts.requirePassword(userId, context.form.get('password') ?? '', 'password')
  return complete(context, row)
}

function complete(context: FrontendContext, row: AttemptRow): FrontendAnswer {
  const { userId } = parseSignInFields(row)
  if (userId === null) throw new ClerkError('form_param_nil', { param: 'identifier' })
  const session = startSession(context, userId)
  return wrapped(encodeSignIn(context.identity, row, { sessionId: session.id, userId }))
}
