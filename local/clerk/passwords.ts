/** Password hashing: scrypt with its parameters kept in the stored text, at most two hashes at a time. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { ClerkError } from './clerkError.ts'

export interface Passwords {
  hash(password: string): Promise<string>
  /** False for a wrong password and for an account without one. */
  matches(password: string, stored: string | null): Promise<boolean>
}

export const MIN_PASSWORD_LENGTH = 8
export const MAX_PASSWORD_LENGTH = 72
const KEY_BYTES = 32
/** Each hash holds 32 MiB for about 0.1 s. */
const HASHES_AT_ONCE = 2
/** More waiting than this means someone is hammering: refuse instead of piling up. */
const HASHES_WAITING = 200

/** `logCost` is scrypt's log2(N): 15 for people, less in tests. */
export function createPasswords(logCost = 15): Passwords {
  const slots = createSlots()
  const derive = (password: string, salt: Buffer, cost: number): Promise<Buffer> =>
    slots(
      () =>
        new Promise((resolve, reject) => {
          const options = { N: 2 ** cost, r: 8, p: 1, maxmem: 2 ** cost * 8 * 128 * 2 }
          // NFKC: the same password typed on two keyboards is the same bytes.
          scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
            error ? reject(error) : resolve(key),
          )
        }),
    )
  return {
    async hash(password) {
      const salt = randomBytes(16)
      const key = await derive(password, salt, logCost)
      return `scrypt$${logCost}$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`
    },
    async matches(password, stored) {
      const [scheme, cost, , , salt, key] = (stored ?? '').split('$')
      if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false
      const expected = Buffer.from(key, 'base64url')
      const actual = await derive(password, Buffer.from(salt, 'base64url'), Number(cost))
      return expected.length === actual.length && timingSafeEqual(expected, actual)
    },
  }
}

/** Throws the refusal that the form shows under `param`. */
export function requireGoodPassword(password: string, param = 'password'): void {
  const length = [...password].length
  if (length < MIN_PASSWORD_LENGTH) throw new ClerkError('form_password_length_too_short', { param })
  if (length > MAX_PASSWORD_LENGTH) throw new ClerkError('form_password_length_too_long', { param })
}

function createSlots() {
  let free = HASHES_AT_ONCE
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free === 0) {
      if (waiting.length >= HASHES_WAITING) throw new ClerkError('too_many_requests', { retryAfterSeconds: 5 })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else free--
    try {
      return await work()
    } finally {
      // The slot is handed on, not freed, while someone waits.
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
