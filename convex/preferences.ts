/** What a person has set for every chat: wishes, time zone, tools, budget, memory, model. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { type PersonMutationCtx, personMutation, personQuery } from './asPerson.ts'
import { changePreferences, changeValidator, type PreferencesChange } from './decisions/changePreferences.ts'
import { logDecision } from './log.ts'
import { findUser } from './rows/findRows.ts'
import { preferencesValidator } from './validators.ts'

/** What was never set is absent. */
export const get = personQuery({
  args: {},
  returns: preferencesValidator,
  handler: async (ctx) => (await findUser(ctx, ctx.ownerId))?.preferences ?? {},
})

export const set = personMutation({
  args: changeValidator,
  returns: v.null(),
  handler: async (ctx, change) => {
    await keepChange(ctx, change)
    logDecision('preferences.set', { ownerId: ctx.ownerId, fields: Object.keys(change).join(' ') })
    return null
  },
})

/** What the browser knows, until the person chooses a zone. */
export const seeTimeZone = personMutation({
  args: { timeZone: v.string() },
  returns: v.null(),
  handler: async (ctx, { timeZone }) => {
    const user = await findUser(ctx, ctx.ownerId)
    if (user?.preferences?.timeZone === undefined) await keepChange(ctx, { timeZone })
    return null
  },
})

async function keepChange(ctx: PersonMutationCtx, change: PreferencesChange): Promise<void> {
  const user = await findUser(ctx, ctx.ownerId)
  if (user?.deleted) throw new ConvexError(chatErrorData('account-removed'))
  const changed = changePreferences(user?.preferences ?? {}, change)
  if (!changed.ok) throw new ConvexError(chatErrorData(changed.code))
  const { preferences } = changed
  if (user) await ctx.db.patch(user._id, { preferences })
  // The webhook that names the person may come later; its time is then newer than none.
  else await ctx.db.insert('users', { userId: ctx.ownerId, updatedAt: 0, preferences })
}
