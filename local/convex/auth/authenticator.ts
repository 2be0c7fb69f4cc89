/** Who is asking: user tokens against the deployed auth.config, and the admin key. */
import type { Clock } from '../../kernel/clock.ts'
import type { AuthProvider, JsonObject, UserIdentity } from '../engine/backend.ts'
import { identityFromAttributes, isAdminKey, parseActingAs, splitAdminToken } from './adminKey.ts'
import { createKeySets } from './keySets.ts'
import { createTokenMemory } from './tokenMemory.ts'
import { type Verified, verifyToken } from './verifyToken.ts'

export interface Caller {
  identity: UserIdentity | null
  admin: boolean
  /** Milliseconds since the epoch; null: never. */
  expiresAt: number | null
}

export const anonymous: Caller = { identity: null, admin: false, expiresAt: null }

export type Authentication = { kind: 'accepted'; caller: Caller } | Exclude<Verified, { kind: 'accepted' }>

export interface Authenticator {
  user(token: string): Promise<Authentication>
  /** `actingAs`: attributes of the identity an admin wants to be seen as. */
  admin(key: string, actingAs?: JsonObject): Authentication
  /** An `Authorization` header; none means nobody. */
  header(value: string | undefined): Promise<Authentication>
}

export interface AuthenticatorOptions {
  providers: () => readonly AuthProvider[]
  adminKey: string
  clock: Clock
}

const badKey: Authentication = { kind: 'refused', code: 'BadAdminKey', message: 'The admin key is not this server’s.' }
const badIdentity: Authentication = {
  kind: 'refused',
  code: 'BadIdentity',
  message: 'The identity to act as needs a subject and an issuer.',
}

function acceptAdmin(identity: UserIdentity | null): Authentication {
  return { kind: 'accepted', caller: { identity, admin: true, expiresAt: null } }
}

export function createAuthenticator({ providers, adminKey, clock }: AuthenticatorOptions): Authenticator {
  const keySets = createKeySets(clock)
  const memory = createTokenMemory(clock)

  async function user(token: string): Promise<Authentication> {
    const asked = providers()
    const known = memory.find(token, asked)
    const verified = known ?? (await verifyToken(token, asked, keySets, clock))
    if (verified.kind !== 'accepted') return verified
    if (!known) memory.keep(token, asked, verified)
    const { identity, expiresAt } = verified
    return { kind: 'accepted', caller: { identity, admin: false, expiresAt } }
  }

  function admin(key: string, actingAs?: JsonObject): Authentication {
    if (!isAdminKey(key, adminKey)) return badKey
    if (!actingAs) return acceptAdmin(null)
    const identity = identityFromAttributes(actingAs)
    return identity ? acceptAdmin(identity) : badIdentity
  }

  function adminToken(token: string): Authentication {
    if (isAdminKey(token, adminKey)) return acceptAdmin(null)
    const { key, actingAs } = splitAdminToken(token)
    if (actingAs === undefined || !isAdminKey(key, adminKey)) return badKey
    const identity = parseActingAs(actingAs)
    return identity ? acceptAdmin(identity) : badIdentity
  }

  return {
    user,
    admin,
    async header(value) {
      if (value === undefined || value === '') return { kind: 'accepted', caller: anonymous }
      const [scheme = '', token = ''] = value.split(/\s+(.*)/s)
      if (/^bearer$/i.test(scheme)) return user(token)
      if (/^convex$/i.test(scheme)) return adminToken(token)
      return {
        kind: 'refused',
        code: 'BadAuthorization',
        message: 'Authorization must be "Bearer <token>" or "Convex <admin key>".',
      }
    },
  }
}
