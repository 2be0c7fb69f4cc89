/** The JSON of people, sessions and browsers, as both APIs and the webhooks send it. */
import { drawInitials } from './drawInitials.ts'
import type { ClientRow, SessionRow, UserRow } from './store/rows.ts'

export function encodeUser(user: UserRow) {
  const emailAddress = {
    id: user.emailId,
    object: 'email_address',
    email_address: user.email,
    reserved: false,
    verification: {
      object: 'verification_admin',
      status: 'verified',
      strategy: 'admin',
      attempts: null,
      expire_at: null,
    },
    linked_to: [],
    matches_sso_connection: false,
    created_at: user.createdAt,
    updated_at: user.createdAt,
  }
  return {
    id: user.id,
    object: 'user',
    external_id: user.externalId,
    username: null,
    first_name: user.firstName,
    last_name: user.lastName,
    image_url: drawInitials(user),
    has_image: false,
    profile_image_id: null,
    primary_email_address_id: user.emailId,
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    email_addresses: [emailAddress],
    phone_numbers: [],
    web3_wallets: [],
    passkeys: [],
    external_accounts: [],
    enterprise_accounts: [],
    saml_accounts: [],
    organization_memberships: [],
    password_enabled: user.password !== null,
    totp_enabled: false,
    backup_code_enabled: false,
    two_factor_enabled: false,
    mfa_enabled_at: null,
    mfa_disabled_at: null,
    public_metadata: parseMetadata(user.publicMetadata),
    unsafe_metadata: parseMetadata(user.unsafeMetadata),
    delete_self_enabled: true,
    create_organization_enabled: false,
    create_organizations_limit: null,
    last_sign_in_at: user.lastSignInAt,
    last_active_at: user.lastSignInAt,
    legal_accepted_at: null,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  }
}

/** What only the server may see. */
export function encodeUserForServer(user: UserRow, now: number) {
  const lockedSeconds = Math.max(0, Math.ceil((user.lockedUntil - now) / 1000))
  return {
    ...encodeUser(user),
    private_metadata: parseMetadata(user.privateMetadata),
    banned: false,
    locked: lockedSeconds > 0,
    lockout_expires_in_seconds: lockedSeconds > 0 ? lockedSeconds : null,
    verification_attempts_remaining: null,
  }
}

export function encodeSession(session: SessionRow, user: UserRow, token: string | undefined, now: number) {
  return {
    ...encodeSessionForServer(session, now),
    user: encodeUser(user),
    public_user_data: {
      first_name: user.firstName,
      last_name: user.lastName,
      image_url: drawInitials(user),
      has_image: false,
      identifier: user.email,
      user_id: user.id,
    },
    factor_verification_age: [Math.floor((now - session.createdAt) / 60_000), -1],
    tasks: null,
    last_active_token: token === undefined ? null : encodeToken(token),
  }
}

export function encodeSessionForServer(session: SessionRow, now: number) {
  const expired = session.status === 'active' && session.expireAt <= now
  return {
    id: session.id,
    object: 'session',
    client_id: session.clientId,
    user_id: session.userId,
    status: expired ? 'expired' : session.status,
    last_active_organization_id: null,
    actor: null,
    last_active_at: session.lastActiveAt,
    expire_at: session.expireAt,
    abandon_at: session.expireAt,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  }
}

/** A row of the profile's list of devices. Without place and address its card shows "()". */
export function encodeSessionActivity(session: SessionRow, user: UserRow, now: number) {
  return {
    ...encodeSession(session, user, undefined, now),
    latest_activity: {
      id: session.id,
      object: 'session_activity',
      browser_name: describeBrowser(session.userAgent),
      browser_version: '',
      device_type: 'This machine',
      ip_address: session.ipAddress,
      city: 'local',
      country: 'loopback',
      is_mobile: /Mobile|Android|iPhone/.test(session.userAgent),
    },
  }
}

export function encodeClient(
  client: ClientRow,
  parts: { sessions: unknown[]; signIn: unknown; signUp: unknown },
  lastActiveSessionId: string | null,
) {
  return {
    id: client.id,
    object: 'client',
    sessions: parts.sessions,
    sign_in: parts.signIn,
    sign_up: parts.signUp,
    last_active_session_id: lastActiveSessionId,
    // Null keeps Safari's cookie-extending redirect away.
    cookie_expires_at: null,
    captcha_bypass: true,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  }
}

export function encodeToken(jwt: string) {
  return { object: 'token', jwt }
}

function describeBrowser(userAgent: string): string {
  return /(Firefox|Edg|Chrome|Safari)/.exec(userAgent)?.[1] ?? 'Browser'
}

function parseMetadata(text: string): unknown {
  return JSON.parse(text)
}
