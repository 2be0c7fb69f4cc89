/** The body of a webhook, and when it is delivered: at once, or as unkindly as the strict profile says. */
import type { Profile } from '../kernel/runServer.ts'

export type WebhookType = 'user.created' | 'user.updated' | 'user.deleted'

export interface EventOrigin {
  ip: string
  userAgent: string
}

export function encodeWebhookEvent(
  type: WebhookType,
  data: unknown,
  origin: EventOrigin,
  instanceId: string,
  now: number,
): string {
  return JSON.stringify({
    type,
    object: 'event',
    timestamp: now,
    instance_id: instanceId,
    event_attributes: { http_request: { client_ip: origin.ip, user_agent: origin.userAgent } },
    data,
  })
}

/** Strict: every event twice, each at a random moment of the next second and a half, so that order and number both lie. */
const STRICT_SPREAD_MS = 1_500

export function planDeliveries(profile: Profile, now: number, random: () => number): number[] {
  if (profile === 'friendly') return [now]
  return [0, 1].map(() => now + Math.floor(random() * STRICT_SPREAD_MS))
}
