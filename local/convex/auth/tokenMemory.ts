/** Remembers tokens that were found good: our own functions send the same one with every call, many times a second. Refusals are not kept. */
import type { Clock } from '../../kernel/clock.ts'
import type { AuthProvider } from '../engine/backend.ts'
import type { Verified } from './verifyToken.ts'

type Accepted = Extract<Verified, { kind: 'accepted' }>

/** A key that its issuer takes back counts no longer than this (and no longer than the token lives). */
const KEPT_MS = 60_000
const MOST = 1_000

export interface TokenMemory {
  find(token: string, providers: readonly AuthProvider[]): Accepted | undefined
  keep(token: string, providers: readonly AuthProvider[], verified: Accepted): void
}

export function createTokenMemory(clock: Clock): TokenMemory {
  const kept = new Map<string, { verified: Accepted; until: number }>()
  let keptFor: readonly AuthProvider[] | undefined

  /** Another auth.config: whatever was believed under the old one is asked again. The engine hands out one list per deploy. */
  function forgetUnless(providers: readonly AuthProvider[]): void {
    if (providers === keptFor) return
    kept.clear()
    keptFor = providers
  }

  return {
    find(token, providers) {
      forgetUnless(providers)
      const entry = kept.get(token)
      if (entry && clock.now() < entry.until) return entry.verified
      kept.delete(token)
      return undefined
    },
    keep(token, providers, verified) {
      forgetUnless(providers)
      kept.set(token, { verified, until: Math.min(verified.expiresAt, clock.now() + KEPT_MS) })
      const oldest = kept.size > MOST ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
    },
  }
}
