/** How fast a person may send: a bucket of `burst` tokens that refills at `perMinute`. */

export interface Rate {
  perMinute: number
  burst: number
}

export interface Bucket {
  tokens: number
  updatedAt: number
  /** The ids counted last: a repeat is free. */
  recent: string[]
}

export type Admission = { ok: true; bucket: Bucket } | { ok: false; retryAt: number }

export const defaultRate: Rate = { perMinute: 30, burst: 10 }

/** As many as one outbox may hold and send again. */
const recentKept = 200

export function admit(bucket: Bucket | null, id: string, rate: Rate, now: number): Admission {
  const before: Bucket = bucket ?? { tokens: rate.burst, updatedAt: now, recent: [] }
  if (before.recent.includes(id)) return { ok: true, bucket: before }
  const perMs = rate.perMinute / 60_000
  // A clock that went back refills nothing, and takes nothing away.
  const elapsed = Math.max(0, now - before.updatedAt)
  const tokens = Math.min(rate.burst, before.tokens + elapsed * perMs)
  if (tokens < 1) return { ok: false, retryAt: Math.ceil(now + (1 - tokens) / perMs) }
  return {
    ok: true,
    bucket: {
      tokens: tokens - 1,
      updatedAt: Math.max(now, before.updatedAt),
      recent: [...before.recent, id].slice(-recentKept),
    },
  }
}
