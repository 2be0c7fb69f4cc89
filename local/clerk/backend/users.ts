/** People, as the server's SDK lists, makes, changes and deletes them. */
import type { AccountPatch } from '../accounts.ts'
import { ClerkError } from '../clerkError.ts'
import { requireGoodPassword } from '../passwords.ts'
import { mergeMetadata, parseEmail, parseMetadata, parseName } from '../readFields.ts'
import { encodeUserForServer } from '../resources.ts'
import type { UserFilter } from '../store/userStore.ts'
import { type BackendContext, eventOrigin, readPage, readText, requireText } from './context.ts'

export function listUsers(context: BackendContext): unknown {
  const { limit, offset } = readPage(context)
  const users = context.identity.users.list(readFilter(context), limit, offset)
  return users.map((user) => encodeUserForServer(user, context.now))
}

export function countUsers(context: BackendContext): unknown {
  return { object: 'total_count', total_count: context.identity.users.count(readFilter(context)) }
}

export function getUser({ identity, now }: BackendContext, id = ''): unknown {
  return encodeUserForServer(identity.accounts.require(id), now)
}

export async function createUser(context: BackendContext): Promise<unknown> {
  const { identity, body, now } = context
  const addresses = body['email_address']
  const address: unknown = Array.isArray(addresses) ? addresses[0] : addresses
  if (typeof address !== 'string' || (Array.isArray(addresses) && addresses.length !== 1)) {
    throw new ClerkError('form_param_missing', {
      param: 'email_address',
      message: 'Exactly one email_address, please.',
    })
  }
  const email = parseEmail(address)
  const password = await readPassword(context)
  if (password === undefined && body['skip_password_requirement'] !== true) {
    throw new ClerkError('form_param_missing', {
      param: 'password',
      message: 'A password, or skip_password_requirement.',
    })
  }
  const { firstName = null, lastName = null, ...rest } = readPatch(context)
  const user = identity.accounts.create(
    { ...rest, email, firstName, lastName, password: password ?? null },
    eventOrigin(context),
  )
  return encodeUserForServer(user, now)
}

export async function updateUser(context: BackendContext, id = ''): Promise<unknown> {
  const { identity, now } = context
  identity.accounts.require(id)
  const patch = readPatch(context)
  const password = await readPassword(context)
  // Whoever sets a new password also opens a locked account.
  if (password !== undefined) Object.assign(patch, { password, wrongPasswords: 0, lockedUntil: 0 })
  const user = identity.db.transaction(() => {
    if (context.body['sign_out_of_other_sessions'] === true) {
      for (const session of identity.sessions.activeOfUser(id, now)) identity.sessions.end(session.id, 'revoked', now)
    }
    return identity.accounts.update(id, patch, eventOrigin(context))
  })
  return encodeUserForServer(user, now)
}

/** PATCH merges, PUT replaces. */
export function updateUserMetadata(mode: 'merge' | 'replace') {
  return (context: BackendContext, id = ''): unknown => {
    const before = context.identity.accounts.require(id)
    const patch = readMetadata(context)
    if (mode === 'merge') {
      for (const key of ['publicMetadata', 'privateMetadata', 'unsafeMetadata'] as const) {
        const sent = patch[key]
        if (sent !== undefined) patch[key] = mergeMetadata(before[key], sent)
      }
    }
    return encodeUserForServer(context.identity.accounts.update(id, patch, eventOrigin(context)), context.now)
  }
}

export async function verifyPassword(context: BackendContext, id = ''): Promise<unknown> {
  await context.identity.accounts.requirePassword(id, requireText(context, 'password'), 'password')
  return { object: 'verify_password', verified: true }
}

export function removeUser(context: BackendContext, id = ''): unknown {
  return context.identity.accounts.remove(id, eventOrigin(context))
}

function readFilter({ url }: BackendContext): UserFilter {
  return {
    emails: url.searchParams.getAll('email_address').map((email) => email.toLowerCase()),
    ids: url.searchParams.getAll('user_id'),
    query: url.searchParams.get('query') ?? '',
  }
}

async function readPassword(context: BackendContext): Promise<string | undefined> {
  const password = readText(context, 'password')
  if (password === undefined) return undefined
  if (context.body['skip_password_checks'] !== true) requireGoodPassword(password)
  return context.identity.passwords.hash(password)
}

function readPatch(context: BackendContext): AccountPatch {
  const { body } = context
  return {
    ...readMetadata(context),
    ...('first_name' in body ? { firstName: parseName(body['first_name'], 'first_name') } : {}),
    ...('last_name' in body ? { lastName: parseName(body['last_name'], 'last_name') } : {}),
    ...('external_id' in body ? { externalId: readText(context, 'external_id') ?? null } : {}),
  }
}

function readMetadata({ body }: BackendContext): AccountPatch {
  const patch: AccountPatch = {}
  if (body['public_metadata'] != null) patch.publicMetadata = parseMetadata(body['public_metadata'], 'public_metadata')
  if (body['private_metadata'] != null)
    patch.privateMetadata = parseMetadata(body['private_metadata'], 'private_metadata')
  if (body['unsafe_metadata'] != null) patch.unsafeMetadata = parseMetadata(body['unsafe_metadata'], 'unsafe_metadata')
  return patch
}
