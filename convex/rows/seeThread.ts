/** What of a thread the person has seen. With moveTurn, which notes each reply, the only writer of `seenAt` and `unreadAt`. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'

/** Writes nothing when there is nothing new: it is told often, and each write wakes the list. */
export async function seeThread(ctx: MutationCtx, thread: Doc<'threads'>, now: number): Promise<void> {
  if (thread.unreadAt !== undefined) await ctx.db.patch(thread._id, { seenAt: now, unreadAt: undefined })
}

/** As it was before its last reply. */
export async function unseeThread(ctx: MutationCtx, thread: Doc<'threads'>): Promise<void> {
  if (thread.unreadAt !== undefined) return
  const unreadAt = thread.repliedAt ?? thread.lastActivityAt
  await ctx.db.patch(thread._id, { unreadAt, seenAt: unreadAt - 1 })
}

/** In the list and in the archive, newest first. */
export async function unreadThreads(ctx: QueryCtx, ownerId: string, most: number): Promise<Doc<'threads'>[]> {
  const on = (shelf: 'archived' | undefined) =>
    ctx.db
      .query('threads')
      .withIndex('by_owner_unread', (q) => q.eq('ownerId', ownerId).eq('shelf', shelf).gt('unreadAt', 0))
      .order('desc')
      .take(most)
  const found = [...(await on(undefined)), ...(await on('archived'))]
  return found.toSorted((a, b) => (b.unreadAt ?? 0) - (a.unreadAt ?? 0)).slice(0, most)
}
