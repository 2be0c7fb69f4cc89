/** How fast a person may send. */
import { v } from 'convex/values'
import { serviceMutation } from './asService.ts'

export const admit = serviceMutation({
  args: {
    ownerId: v.string(),
    messageId: v.string(),
    now: v.number(),
    perMinute: v.optional(v.number()),
    burst: v.optional(v.number()),
  },
  returns: v.union(v.object({ ok: v.literal(true) }), v.object({ ok: v.literal(false), retryAt: v.number() })),
  handler: async () => {
    throw new Error('not written yet')
  },
})
