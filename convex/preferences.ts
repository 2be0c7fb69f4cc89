/** What a person tells the model about themselves, for every chat. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { maxInstructionsChars } from '../lib/chat/messageLimits.ts'
import { personMutation, personQuery } from './asPerson.ts'
import { logDecision } from './log.ts'
import { findUser } from './rows/findRows.ts'

export const get = personQuery({
  args: {},
  returns: v.object({ instructions: v.string() }),
  handler: async (ctx) => {
    const user = await findUser(ctx, ctx.ownerId)
    return { instructions: user?.preferences?.instructions ?? '' }
  },
})

export const set = personMutation({
  args: { instructions: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const instructions = args.instructions.toWellFormed().trim()
    if (instructions.length > maxInstructionsChars) throw new ConvexError(chatErrorData('instructions-too-long'))
    const user = await findUser(ctx, ctx.ownerId)
    if (user?.deleted) throw new ConvexError(chatErrorData('account-removed'))
    const preferences = instructions === '' ? {} : { instructions }
    if (user) await ctx.db.patch(user._id, { preferences })
    // The webhook that names the person may come later; its time is then newer than none.
    else await ctx.db.insert('users', { userId: ctx.ownerId, updatedAt: 0, preferences })
    logDecision('preferences.set', { ownerId: ctx.ownerId })
    return null
  },
})
