/** What can happen to an account. Each change and the webhook it owes are one transaction. */
import type { Clock } from '../kernel/clock.ts'
import type { Database } from '../kernel/openDatabase.ts'
import type { Profile } from '../kernel/runServer.ts'
import { ClerkError } from './clerkError.ts'
import type { NewId } from './ids.ts'
import type { Passwords } from './passwords.ts'
import { encodeUserForServer } from './resources.ts'
import type { OutboxStore } from './store/outboxStore.ts'
import type { UserRow } from './store/rows.ts'
import type { SessionStore } from './store/sessionStore.ts'
import type { UserStore } from './store/userStore.ts'
import { type EventOrigin, encodeWebhookEvent, planDeliveries, type WebhookType } from './webhookEvent.ts'

interface Deps {
  db: Database
  users: UserStore
  sessions: SessionStore
  outbox: OutboxStore
  passwords: Passwords
  clock: Clock
  newId: NewId
  random: () => number
  profile: Profile
  instanceId: string
  /** Called after a webhook was committed. */
  wake: () => void
}

export interface NewAccount {
  email: string
  firstName: string | null
  lastName: string | null
  /** A hash, not the password. */
  password: string | null
  externalId?: string | null
  publicMetadata?: string
  privateMetadata?: string
  unsafeMetadata?: string
}

export type AccountPatch = Partial<
  Pick<
    UserRow,
    | 'firstName'
    | 'lastName'
    | 'password'
    | 'externalId'
    | 'publicMetadata'
    | 'privateMetadata'
    | 'unsafeMetadata'
    | 'wrongPasswords'
    | 'lockedUntil'
  >
>

/** Wrong passwords in a row before the account locks. The only limit that a changed address does not evade. */
export const WRONG_PASSWORDS_ALLOWED = 8
export const LOCK_MS = 5 * 60_000

export function createAccounts(deps: Deps) {
  const { db, users, sessions, outbox, passwords, clock } = deps

  function owe(type: WebhookType, data: unknown, origin: EventOrigin): void {
    const now = clock.now()
    const id = deps.newId('msg')
    const body = encodeWebhookEvent(type, data, origin, deps.instanceId, now)
    for (const at of planDeliveries(deps.profile, now, deps.random)) outbox.add(id, body, at)
  }

  function require(userId: string): UserRow {
    const user = users.byId(userId)
    if (!user) throw new ClerkError('resource_not_found', { message: `No user was found with id ${userId}.` })
    return user
  }

  /** Counts the try before the hash is computed, so that a burst of tries in parallel is counted too. */
  function countTry(userId: string): UserRow {
    return db.transaction(() => {
      const user = require(userId)
      const now = clock.now()
      if (user.lockedUntil > now) {
        const seconds = Math.ceil((user.lockedUntil - now) / 1000)
        const message = `Your account is locked. You can try again in ${Math.ceil(seconds / 60)} min.`
        throw new ClerkError('user_locked', { message, retryAfterSeconds: seconds })
      }
      const wrongPasswords = (user.lockedUntil > 0 ? 0 : user.wrongPasswords) + 1
      const lockedUntil = wrongPasswords >= WRONG_PASSWORDS_ALLOWED ? now + LOCK_MS : 0
      users.save({ ...user, wrongPasswords, lockedUntil })
      return user
    })
  }

  return {
    require,
    create(account: NewAccount, origin: EventOrigin): UserRow {
      const now = clock.now()
      const user: UserRow = {
        externalId: null,
        publicMetadata: '{}',
        privateMetadata: '{}',
        unsafeMetadata: '{}',
        ...account,
        id: deps.newId('user'),
        emailId: deps.newId('idn'),
        createdAt: now,
        updatedAt: now,
        lastSignInAt: null,
        wrongPasswords: 0,
        lockedUntil: 0,
      }
      db.transaction(() => {
        if (users.byEmail(user.email)) throw new ClerkError('form_identifier_exists', { param: 'email_address' })
        users.insert(user)
        owe('user.created', encodeUserForServer(user, now), origin)
      })
      deps.wake()
      return user
    },
    update(userId: string, patch: AccountPatch, origin: EventOrigin): UserRow {
      const user = db.transaction(() => {
        const before = require(userId)
        // Strictly rising: receivers order events by it.
        const updatedAt = Math.max(clock.now(), before.updatedAt + 1)
        const after = { ...before, ...patch, updatedAt }
        users.save(after)
        owe('user.updated', encodeUserForServer(after, clock.now()), origin)
        return after
      })
      deps.wake()
      return user
    },
    remove(userId: string, origin: EventOrigin) {
      const deleted = { object: 'user', id: userId, deleted: true }
      db.transaction(() => {
        require(userId)
        users.remove(userId)
        sessions.removeOfUser(userId)
        owe('user.deleted', deleted, origin)
      })
      deps.wake()
      return deleted
    },
    /** Throws under the form field `param` unless the password is right. Locks the account after too many tries. */
    async requirePassword(userId: string, password: string, param: string): Promise<void> {
      const user = countTry(userId)
      if (!(await passwords.matches(password, user.password)))
        throw new ClerkError('form_password_incorrect', { param })
      const fresh = users.byId(userId)
      if (fresh) users.save({ ...fresh, wrongPasswords: 0, lockedUntil: 0 })
    },
    signedIn(userId: string): void {
      users.save({ ...require(userId), lastSignInAt: clock.now() })
    },
  }
}
