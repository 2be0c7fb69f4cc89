/**
 * `node local/clerk/resetPassword.ts <email> <new password>`: there is no mail to send a link by.
 * Asks the running provider; when none runs, changes its database directly.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { silentLog } from '../kernel/log.ts'
import { DEFAULT_ATTEMPTS_PER_MINUTE } from './config.ts'
import { createIdentity } from './identity.ts'
import { type ClerkKeys, loadOrCreateKeys } from './keys.ts'
import { requireGoodPassword } from './passwords.ts'

export interface ResetRequest {
  dataDir: string
  port: number
  email: string
  password: string
}

/** Every session of the person ends: whoever knew the old password is out. */
export async function resetPassword(
  request: ResetRequest,
): Promise<'through the running provider' | 'in the database'> {
  requireGoodPassword(request.password)
  if (!existsSync(join(request.dataDir, 'keys', 'keys.json'))) {
    throw new Error(`There are no accounts in ${request.dataDir}. Set DATA_DIR or CLERK_DATA to the folder in use.`)
  }
  const keys = loadOrCreateKeys(request.dataDir, request.port)
  if (await isOurs(keys)) {
    await resetThroughApi(keys, request)
    return 'through the running provider'
  }
  await resetInDatabase(keys, request)
  return 'in the database'
}

/** Another copy may hold the port; only the provider with our signing key has our accounts. */
async function isOurs(keys: ClerkKeys): Promise<boolean> {
  try {
    const response = await fetch(`${keys.issuer}/v1/jwks`, { signal: AbortSignal.timeout(2_000) })
    return (await response.text()).includes(keys.instanceId)
  } catch {
    // Nothing listens there: the database is free for us.
    return false
  }
}

async function resetThroughApi(keys: ClerkKeys, { email, password }: ResetRequest): Promise<void> {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${keys.secretKey}`, 'content-type': 'application/json' }
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
    const response = await fetch(`${keys.issuer}${path}`, init)
    if (!response.ok) throw new Error(`The local Clerk answered HTTP ${response.status} to ${method} ${path}.`)
    return response.json()
  }
  const found = await call('GET', `/v1/users?email_address=${encodeURIComponent(email)}`)
  const user: unknown = Array.isArray(found) ? found[0] : undefined
  const id: unknown = typeof user === 'object' && user !== null ? Reflect.get(user, 'id') : undefined
  if (typeof id !== 'string') throw unknownAddress(email)
  await call('PATCH', `/v1/users/${id}`, { password, sign_out_of_other_sessions: true })
}

async function resetInDatabase(keys: ClerkKeys, { dataDir, port, email, password }: ResetRequest): Promise<void> {
  const config = {
    port,
    dataDir,
    appOrigins: [],
    profile: 'friendly',
    attemptsPerMinute: DEFAULT_ATTEMPTS_PER_MINUTE,
    signUpOpen: false,
  } as const
  const identity = createIdentity({ config, keys, databasePath: join(dataDir, 'clerk.db'), log: silentLog })
  try {
    const user = identity.users.byEmail(email.trim().toLowerCase())
    if (!user) throw unknownAddress(email)
    const hash = await identity.passwords.hash(password)
    const now = identity.clock.now()
    identity.db.transaction(() => {
      for (const session of identity.sessions.activeOfUser(user.id, now))
        identity.sessions.end(session.id, 'revoked', now)
      const unlocked = { password: hash, wrongPasswords: 0, lockedUntil: 0 }
      identity.accounts.update(user.id, unlocked, { ip: '127.0.0.1', userAgent: 'resetPassword' })
    })
  } finally {
    await identity.close()
  }
}

function unknownAddress(email: string): Error {
  return new Error(`There is no account with the address ${email}.`)
}

async function main([email, password]: string[]): Promise<void> {
  if (email === undefined || password === undefined) {
    throw new Error('Use: node local/clerk/resetPassword.ts <email> <new password>')
  }
  const port = Number(process.env['CLERK_PORT'] ?? Number(process.env['PORT'] ?? 3000) + 1510)
  const dataDir = process.env['CLERK_DATA'] ?? join(process.env['DATA_DIR'] ?? '.data', 'clerk')
  const how = await resetPassword({ dataDir, port, email, password })
  console.log(`The password of ${email} is changed (${how}); every device is signed out.`)
}

if (import.meta.main) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  })
}
