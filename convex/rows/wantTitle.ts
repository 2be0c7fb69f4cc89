/** A thread without a title is named after its first reply. */
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { owe } from '../owe.ts'

/** A naming that failed is asked for again with the next reply, but not while it may still be under way. */
const titlePatienceMs = 10 * 60 * 1000

export async function wantTitle(ctx: MutationCtx, threadRow: Id<'threads'>, now: number): Promise<void> {
  const thread = await ctx.db.get(threadRow)
  if (thread?.titleSource !== 'none') return
  if (thread.titleWantedAt !== undefined && now - thread.titleWantedAt < titlePatienceMs) return
  const { ownerId, threadId } = thread
  await ctx.db.patch(threadRow, { titleWantedAt: now })
  await owe(
    ctx,
    // The time is part of the id: Inngest would drop a second asking within a day.
    { eventId: `title:${ownerId}:${threadId}:${now}`, name: 'chat/title.wanted', data: { ownerId, threadId } },
    now,
  )
}
