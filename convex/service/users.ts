/** What Clerk's webhooks say about people. */
import { v } from 'convex/values'
import { internal } from '../_generated/api.js'
import { logDecision } from '../log.ts'
import { findUser } from '../rows/findRows.ts'
import { serviceMutation } from './asService.ts'

export const upsert = serviceMutation({
  args: {
    userId: v.string(),
    name: v.optional(v.string()),
    email: v.optional(v.string()),
    /** Clerk's time of the change (ms): older ones are ignored. */
    updatedAt: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, { userId, name, email, updatedAt }) => {
    const user = await findUser(ctx, userId)
    const isLate = user !== null && (user.deleted === true || user.updatedAt > updatedAt)
    logDecision('users.upsert', { ownerId: userId, result: isLate ? 'ignored' : 'saved' })
    if (isLate) return null
    if (user) await ctx.db.patch(user._id, { name, email, updatedAt })
    else {
      const known = { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) }
      await ctx.db.insert('users', { userId, updatedAt, ...known })
    }
    return null
  },
})

/** The account was deleted: stops what runs, then removes every row of the person in batches. */
export const remove = serviceMutation({
  args: { userId: v.string() },
  returns: v.null(),
  handler: async (ctx, { userId }) => {
    const now = Date.now()
    const user = await findUser(ctx, userId)
    const closed = { userId, updatedAt: now, deleted: true }
    // Replaced, not patched: nothing the person told us stays. The row itself does, so that late messages find the account closed.
    if (user) await ctx.db.replace(user._id, closed)
    else await ctx.db.insert('users', closed)
    await ctx.scheduler.runAfter(0, internal.removal.ofUser, { userId })
    logDecision('users.remove', { ownerId: userId })
    return null
  },
})
