// When a person is asked whether they want to be told: after something worth it, never out of the blue, never again after a no. Pure.

/** Shorter ones are waited for. */
const LONG_JOB_MS = 20_000

export const OFFER_KEY = 'nightshift:notices-offered'

export type Ended = {
  startedAt: number
  settledAt: number /** When the page was hidden; null: it was in sight. */
  hiddenAt: number | null
}

/** It took long, and it ended while the page was hidden. */
export function isWorthAsking({ startedAt, settledAt, hiddenAt }: Ended): boolean {
  return hiddenAt !== null && settledAt >= hiddenAt && settledAt - startedAt >= LONG_JOB_MS
}

/** Granted and denied are answers already. */
export function mayOffer(permission: NotificationPermission | 'unable', offered: string | null): boolean {
  return permission === 'default' && offered === null
}
