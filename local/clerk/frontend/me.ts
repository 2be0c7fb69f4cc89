/** The signed-in person's own account: name, password, devices, deletion. */
import type { AccountPatch } from '../accounts.ts'
import { ClerkError } from '../clerkError.ts'
import { requireGoodPassword } from '../passwords.ts'
import { mergeMetadata, parseMetadata, parseName } from '../readFields.ts'
import { encodeSessionActivity, encodeUser } from '../resources.ts'
import { type FrontendAnswer, type FrontendContext, plain, requireCurrent, wrapped } from './context.ts'

const eventOrigin = ({ ip, userAgent }: FrontendContext) => ({ ip, userAgent })

export function getMe(context: FrontendContext): FrontendAnswer {
  return wrapped(encodeUser(requireCurrent(context).user))
}

export function updateMe(context: FrontendContext): FrontendAnswer {
  const { user } = requireCurrent(context)
  const { form } = context
  const patch: AccountPatch = {}
  if (form.has('first_name')) patch.firstName = parseName(form.get('first_name'), 'first_name')
  if (form.has('last_name')) patch.lastName = parseName(form.get('last_name'), 'last_name')
  const metadata = form.get('unsafe_metadata')
  if (metadata) patch.unsafeMetadata = parseMetadata(metadata, 'unsafe_metadata')
  return wrapped(encodeUser(context.identity.accounts.update(user.id, patch, eventOrigin(context))))
}

export function updateMyMetadata(context: FrontendContext): FrontendAnswer {
  const { user } = requireCurrent(context)
  const sent = parseMetadata(context.form.get('unsafe_metadata'), 'unsafe_metadata')
  const unsafeMetadata = mergeMetadata(user.unsafeMetadata, sent)
  return wrapped(encodeUser(context.identity.accounts.update(user.id, { unsafeMetadata }, eventOrigin(context))))
}

export async function changePassword(context: FrontendContext): Promise<FrontendAnswer> {
  const { session, user } = requireCurrent(context)
  const { form, identity } = context
  const newPassword = form.get('new_password') ?? ''
  requireGoodPassword(newPassword, 'new_password')
  if (user.password !== null) {
    await identity.accounts.requirePassword(user.id, form.get('current_password') ?? '', 'current_password')
  }
  const password = await identity.passwords.hash(newPassword)
  const changed = identity.db.transaction(() => {
    if (form.get('sign_out_of_other_sessions') === 'true') {
      const others = identity.sessions.activeOfUser(user.id, context.now).filter((other) => other.id !== session.id)
      for (const other of others) identity.sessions.end(other.id, 'revoked', context.now)
    }
    return identity.accounts.update(user.id, { password }, eventOrigin(context))
  })
  return wrapped(encodeUser(changed))
}

export function listMySessions(context: FrontendContext): FrontendAnswer {
  const { user } = requireCurrent(context)
  const sessions = context.identity.sessions.activeOfUser(user.id, context.now)
  return plain(sessions.map((session) => encodeSessionActivity(session, user, context.now)))
}

/** "Sign out of this device", from another one. */
export function revokeMySession(context: FrontendContext, id = ''): FrontendAnswer {
  const { user } = requireCurrent(context)
  const session = context.identity.sessions.activeOfUser(user.id, context.now).find((active) => active.id === id)
  if (!session) throw new ClerkError('resource_not_found', { message: 'That device is signed out already.' })
  context.identity.sessions.end(id, 'revoked', context.now)
  return wrapped(encodeSessionActivity({ ...session, status: 'revoked' }, user, context.now))
}

/** Deletes the account on every device; the webhook carries it to the application's database. */
export function removeMe(context: FrontendContext): FrontendAnswer {
  const { user } = requireCurrent(context)
  const deleted = context.identity.accounts.remove(user.id, eventOrigin(context))
  context.cookies.setSignedInAt(0)
  return wrapped(deleted)
}
