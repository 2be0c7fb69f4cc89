/** Unfinished sign-ins and sign-ups: their stored fields and their JSON. */
import { drawInitials } from '../drawInitials.ts'
import type { Identity } from '../identity.ts'
import type { AttemptRow } from '../store/rows.ts'

export interface SignUpFields {
  email: string | null
  firstName: string | null
  lastName: string | null
  /** A hash; the password itself is never stored. */
  password: string | null
  unsafeMetadata: string
}

export interface SignInFields {
  userId: string | null
  identifier: string | null
}

export interface Completion {
  sessionId: string
  userId: string
}

export const parseSignUpFields = (row: AttemptRow): SignUpFields => JSON.parse(row.data) as SignUpFields
export const parseSignInFields = (row: AttemptRow): SignInFields => JSON.parse(row.data) as SignInFields

export function missingFields(fields: SignUpFields): string[] {
  return [...(fields.email === null ? ['email_address'] : []), ...(fields.password === null ? ['password'] : [])]
}

export function encodeSignUp(row: AttemptRow, done?: Completion) {
  const fields = parseSignUpFields(row)
  return {
    object: 'sign_up_attempt',
    id: row.id,
    status: done ? 'complete' : 'missing_requirements',
    required_fields: ['email_address', 'password'],
    optional_fields: ['first_name', 'last_name'],
    missing_fields: missingFields(fields),
    // Nothing to verify: there is no mail to send a code by.
    unverified_fields: [],
    username: null,
    email_address: fields.email,
    phone_number: null,
    web3_wallet: null,
    first_name: fields.firstName,
    last_name: fields.lastName,
    has_password: fields.password !== null,
    unsafe_metadata: JSON.parse(fields.unsafeMetadata) as unknown,
    public_metadata: {},
    custom_action: false,
    external_id: null,
    created_session_id: done?.sessionId ?? null,
    created_user_id: done?.userId ?? null,
    abandon_at: row.createdAt + 24 * 3600_000,
    legal_accepted_at: null,
    verifications: { email_address: null, phone_number: null, web3_wallet: null, external_account: null },
  }
}

export function encodeSignIn(identity: Identity, row: AttemptRow, done?: Completion) {
  const fields = parseSignInFields(row)
  const user = fields.userId === null ? undefined : identity.users.byId(fields.userId)
  const status = done ? 'complete' : user ? 'needs_first_factor' : 'needs_identifier'
  return {
    object: 'sign_in_attempt',
    id: row.id,
    status,
    identifier: fields.identifier,
    supported_identifiers: ['email_address'],
    supported_first_factors: status === 'needs_first_factor' ? [{ strategy: 'password' }] : null,
    supported_second_factors: null,
    first_factor_verification: null,
    second_factor_verification: null,
    user_data: user
      ? { first_name: user.firstName, last_name: user.lastName, image_url: drawInitials(user), has_image: false }
      : null,
    created_session_id: done?.sessionId ?? null,
    abandon_at: row.createdAt + 24 * 3600_000,
  }
}
