/** Puts the parts of the provider together; no sockets. Tests make one with a database in memory and a clock of their own. */
import { type Clock, systemClock } from '../kernel/clock.ts'
import { createLog, type Log } from '../kernel/log.ts'
import { type Database, openDatabase } from '../kernel/openDatabase.ts'
import { createAccounts } from './accounts.ts'
import type { ClerkConfig } from './config.ts'
import { type NewId, newId } from './ids.ts'
import type { ClerkKeys } from './keys.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createRateLimit } from './rateLimit.ts'
import { schema } from './schema.ts'
import { createAttemptStore } from './store/attemptStore.ts'
import { createOutboxStore } from './store/outboxStore.ts'
import { createSessionStore } from './store/sessionStore.ts'
import { createUserStore } from './store/userStore.ts'
import { createWebhookDelivery } from './webhookDelivery.ts'

export interface IdentityOptions {
  config: ClerkConfig
  keys: ClerkKeys
  /** A file path or `:memory:`. */
  databasePath: string
  clock?: Clock
  log?: Log
  newId?: NewId
  random?: () => number
  passwords?: Passwords
  post?: (url: string, init: RequestInit) => Promise<Response>
}

export type Identity = ReturnType<typeof createIdentity>

export const SESSION_LIFE_MS = 7 * 24 * 3600_000
/** Ended sessions and unfinished attempts are dropped after this. */
const KEEP_MS = 24 * 3600_000

export function createIdentity(options: IdentityOptions) {
  const { config, keys } = options
  const clock = options.clock ?? systemClock
  const log = options.log ?? createLog('clerk')
  const passwords = options.passwords ?? createPasswords()
  const makeId = options.newId ?? newId
  const db: Database = openDatabase({ path: options.databasePath, schema })
  const users = createUserStore(db)
  const sessions = createSessionStore(db)
  const attempts = createAttemptStore(db)
  const outbox = createOutboxStore(db)
  const delivery =
    config.webhookUrl === undefined
      ? undefined
      : createWebhookDelivery({
          outbox,
          url: config.webhookUrl,
          secret: keys.webhookSecret,
          clock,
          log,
          post: options.post ?? fetch,
        })
  const accounts = createAccounts({
    db,
    users,
    sessions,
    outbox,
    passwords,
    clock,
    newId: makeId,
    random: options.random ?? Math.random,
    profile: config.profile,
    instanceId: keys.instanceId,
    // A transaction is synchronous, so this runs after its commit: nothing is delivered that is then rolled back.
    wake: () => queueMicrotask(() => delivery?.wake()),
  })

  function forget(): void {
    const before = clock.now() - KEEP_MS
    sessions.forget(before)
    attempts.forget(before)
  }
  forget()
  const stopForgetting = clock.every(3600_000, forget)
  outbox.hurry(clock.now())
  delivery?.wake()

  return {
    config,
    keys,
    clock,
    log,
    passwords,
    newId: makeId,
    db,
    users,
    sessions,
    attempts,
    outbox,
    accounts,
    rateLimit: createRateLimit(config.attemptsPerMinute, clock),
    /** Strict tokens die sooner, so that refresh and handshake happen within a short test. */
    tokenLifeSeconds: config.profile === 'strict' ? 20 : 60,
    async close() {
      stopForgetting()
      await delivery?.close()
      db.close()
    },
  }
}
