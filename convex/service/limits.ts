/** How fast a person may send. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import { logDecision } from '../log.ts'
import { findMessage, findUser } from '../rows/findRows.ts'
import { takeToken } from '../rows/takeToken.ts'
import { serviceMutation } from './asService.ts'

/** `now` is the server's clock. `perMinute` and `burst` are its settings; without them the last ones used hold, then 30 and 10. */
export const admit = serviceMutation({
  args: {
    ownerId: v.string(),
    messageId: v.string(),
    now: v.number(),
    perMinute: v.optional(v.number()),
    burst: v.optional(v.number()),
  },
  returns: v.union(v.object({ ok: v.literal(true) }), v.object({ ok: v.literal(false), retryAt: v.number() })),
  handler: async (ctx, { ownerId, messageId, now, perMinute, burst }) => {
    // A session token outlives its account by up to a minute: nothing of the person is written anew.
    if ((await findUser(ctx, ownerId))?.deleted) throw new ConvexError(chatErrorData('account-removed'))
    // A message that is saved has been counted: sending it again costs nothing.
    if (await findMessage(ctx, ownerId, messageId)) return { ok: true as const }
    const asked = { ...(perMinute === undefined ? {} : { perMinute }), ...(burst === undefined ? {} : { burst }) }
    const admission = await takeToken(ctx, ownerId, messageId, asked, now)
    if (admission.ok) return { ok: true as const }
    logDecision('limits.refused', { ownerId, messageId, retryAt: admission.retryAt })
    return { ok: false as const, retryAt: admission.retryAt }
  },
})
