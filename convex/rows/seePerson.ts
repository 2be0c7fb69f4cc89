/** A person has done something in a thread, or a task that they allowed runs there: what it did by itself before counts no more. */
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'

export async function seePerson(ctx: MutationCtx, threadRow: Id<'threads'>): Promise<void> {
  const thread = await ctx.db.get(threadRow)
  if (thread?.waitsAlone !== undefined) await ctx.db.patch(threadRow, { waitsAlone: undefined })
}
