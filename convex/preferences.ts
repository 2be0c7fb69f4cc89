/** What a person has set for every chat: wishes, time zone, tools, budget, memory, model. */
import { v } from 'convex/values'
import { personMutation, personQuery } from './asPerson.ts'
import { changeValidator } from './decisions/changePreferences.ts'
import { logDecision } from './log.ts'
import { findUser } from './rows/findRows.ts'
import { savePreferences } from './rows/savePreferences.ts'
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
    await savePreferences(ctx, ctx.ownerId, change)
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
    if (user?.preferences?.timeZone === undefined) await savePreferences(ctx, ctx.ownerId, { timeZone })
    return null
  },
})
