/** A person's settings after a change: the one place that writes them, within their limits, and never into a removed account. */
import { ConvexError } from 'convex/values'
import { chatErrorData } from '../../lib/chat/chatError.ts'
import type { MutationCtx } from '../_generated/server.js'
import { changePreferences, type PreferencesChange } from '../decisions/changePreferences.ts'
import { findUser } from './findRows.ts'

export async function savePreferences(ctx: MutationCtx, userId: string, change: PreferencesChange): Promise<void> {
  const user = await findUser(ctx, userId)
  if (user?.deleted) throw new ConvexError(chatErrorData('account-removed'))
  const changed = changePreferences(user?.preferences ?? {}, change)
  if (!changed.ok) throw new ConvexError(chatErrorData(changed.code))
  const { preferences } = changed
  if (user) await ctx.db.patch(user._id, { preferences })
  // The webhook that names the person may come later; its time is then newer than none.
  else await ctx.db.insert('users', { userId, updatedAt: 0, preferences })
}
