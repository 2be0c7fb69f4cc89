/** Attempts per address and minute. A courtesy only: the address is what the caller says it is. The account lock is the real limit. */
import type { Clock } from '../kernel/clock.ts'
import { ClerkError } from './clerkError.ts'

const WINDOW_MS = 60_000
/** Beyond this many addresses the table starts anew, so that made-up addresses cannot fill the memory. */
const ADDRESSES_KEPT = 10_000

export function createRateLimit(perWindow: number, clock: Clock) {
  const windows = new Map<string, { endsAt: number; count: number }>()
  return {
    /** Throws 429 with the time to wait. */
    count(address: string): void {
      const now = clock.now()
      let window = windows.get(address)
      if (!window || window.endsAt <= now) {
        if (windows.size >= ADDRESSES_KEPT) windows.clear()
        window = { endsAt: now + WINDOW_MS, count: 0 }
        windows.set(address, window)
      }
      window.count++
      if (window.count <= perWindow) return
      throw new ClerkError('too_many_requests', { retryAfterSeconds: Math.ceil((window.endsAt - now) / 1000) })
    },
  }
}
