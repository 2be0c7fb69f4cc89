/** Sign-up: all fields at once, or one after another until none is missing. */
import { ClerkError } from '../clerkError.ts'
import { requireGoodPassword } from '../passwords.ts'
import { parseEmail, parseMetadata, parseName } from '../readFields.ts'
import type { AttemptRow } from '../store/rows.ts'
import { encodeSignUp, missingFields, parseSignUpFields, type SignUpFields } from './attempts.ts'
import { ensureClient, type FrontendAnswer, type FrontendContext, wrapped } from './context.ts'
import { startSession } from './startSession.ts'

const noFields: SignUpFields = { email: null, firstName: null, lastName: null, password: null, unsafeMetadata: '{}' }

export async function createSignUp(context: FrontendContext): Promise<FrontendAnswer> {
  if (!context.identity.config.signUpOpen) throw new ClerkError('sign_up_closed')
  context.identity.rateLimit.count(context.ip)
  const fields = await readFields(context, noFields)
  const id = context.identity.newId('sua')
  return saveOrComplete(context, { id, clientId: ensureClient(context).id, createdAt: context.now }, fields)
}

export async function updateSignUp(context: FrontendContext, id = ''): Promise<FrontendAnswer> {
  const row = requireSignUp(context, id)
  const fields = await readFields(context, parseSignUpFields(row))
  return saveOrComplete(context, row, fields)
}

export function getSignUp(context: FrontendContext, id = ''): FrontendAnswer {
  return wrapped(encodeSignUp(requireSignUp(context, id)))
}

function requireSignUp({ client, identity }: FrontendContext, id: string): AttemptRow {
  const row = client && identity.attempts.ofClient(client.id, 'sign_up')
  if (!row || row.id !== id)
    throw new ClerkError('resource_not_found', { message: 'This sign-up is over. Start again.' })
  return row
}

/** Fields that were not sent keep their value. Every check comes before anything is stored. */
async function readFields({ form, identity }: FrontendContext, before: SignUpFields): Promise<SignUpFields> {
  const fields = { ...before }
  const email = form.get('email_address')
  const password = form.get('password')
  if (email !== null) fields.email = parseEmail(email)
  if (form.has('first_name')) fields.firstName = parseName(form.get('first_name'), 'first_name')
  if (form.has('last_name')) fields.lastName = parseName(form.get('last_name'), 'last_name')
  const metadata = form.get('unsafe_metadata')
  if (metadata) fields.unsafeMetadata = parseMetadata(metadata, 'unsafe_metadata')
  if (fields.email !== null && identity.users.byEmail(fields.email)) {
    throw new ClerkError('form_identifier_exists', { param: 'email_address' })
  }
  if (password !== null) {
    requireGoodPassword(password)
    fields.password = await identity.passwords.hash(password)
  }
  return fields
}

function saveOrComplete(
  context: FrontendContext,
  base: Pick<AttemptRow, 'id' | 'clientId' | 'createdAt'>,
  fields: SignUpFields,
): FrontendAnswer {
  const { identity } = context
  const row: AttemptRow = { ...base, kind: 'sign_up', data: JSON.stringify(fields) }
  const { email } = fields
  if (email === null || missingFields(fields).length > 0) {
    identity.attempts.save(row)
    return wrapped(encodeSignUp(row))
  }
  const session = identity.db.transaction(() => {
    const user = identity.accounts.create({ ...fields, email }, { ip: context.ip, userAgent: context.userAgent })
    return startSession(context, user.id)
  })
  return wrapped(encodeSignUp(row, { sessionId: session.id, userId: session.userId }))
}
