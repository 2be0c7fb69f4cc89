/** Where a thread lies: in the list, pinned, in the archive, or removed and not yet gone. The only writer of `shelf`, `removed` and `pinnedAt`. */
import { removedKeptMs } from '../../lib/chat/undoTimes.ts'
import { internal } from '../_generated/api.js'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'

/** More than fit on a screen; pinned threads are read all at once. */
export const maxPins = 50

export async function pinnedThreads(ctx: QueryCtx, ownerId: string): Promise<Doc<'threads'>[]> {
  return ctx.db
    .query('threads')
    .withIndex('by_owner_shelf', (q) => q.eq('ownerId', ownerId).eq('shelf', undefined).gt('pinnedAt', 0))
    .order('desc')
    .take(maxPins)
}

/** False: there are too many. What is pinned lies in the list, and what is pinned already stays where it is. */
export async function pinThread(ctx: MutationCtx, thread: Doc<'threads'>, now: number): Promise<boolean> {
  if (thread.pinnedAt !== undefined) return true
  if ((await pinnedThreads(ctx, thread.ownerId)).length === maxPins) return false
  await ctx.db.patch(thread._id, { pinnedAt: now, shelf: undefined })
  return true
}

export async function unpinThread(ctx: MutationCtx, thread: Doc<'threads'>): Promise<void> {
  if (thread.pinnedAt !== undefined) await ctx.db.patch(thread._id, { pinnedAt: undefined })
}

/** What is put away is not pinned any more. Tells since when it was, for an undo. */
export async function archiveThread(ctx: MutationCtx, thread: Doc<'threads'>): Promise<number | null> {
  await ctx.db.patch(thread._id, { shelf: 'archived', pinnedAt: undefined })
  return thread.pinnedAt ?? null
}

/** `pinnedAt`: the undo of an archiving gives back the pin, if there is still room for it. */
export async function unarchiveThread(ctx: MutationCtx, thread: Doc<'threads'>, pinnedAt?: number): Promise<void> {
  await ctx.db.patch(thread._id, { shelf: undefined })
  if (pinnedAt !== undefined) await pinThread(ctx, thread, pinnedAt)
}

/**
 * Out of every list; all else goes on, so that an undo finds it as it would have been. If we crash before it commits, nothing has
 * happened; after it, the scheduled end comes by itself.
 */
export async function shelveRemoved(ctx: MutationCtx, thread: Doc<'threads'>, now: number): Promise<void> {
  if (thread.shelf === 'removed') return
  const from = thread.shelf === 'archived' ? { from: thread.shelf } : {}
  await ctx.db.patch(thread._id, { shelf: 'removed', removed: { at: now, ...from } })
  await ctx.scheduler.runAfter(removedKeptMs, internal.removal.finish, { thread: thread._id, at: now })
}

/** As it lay before, pinned or archived. The end that is scheduled finds that it is not meant. */
export async function restoreThread(ctx: MutationCtx, thread: Doc<'threads'>): Promise<void> {
  if (thread.shelf === 'removed') await ctx.db.patch(thread._id, { shelf: thread.removed?.from, removed: undefined })
}

/** Who makes something new happen in a thread: a person, by an act or by a message that was written then (ms), or the clock. */
type By = 'person' | { sentAt: number } | 'time'

/**
 * It comes back from the archive. From removal only by what the person does afterwards: not by a timer, nor by a message that was on its
 * way when they removed the thread.
 */
export async function bringBack(ctx: MutationCtx, threadRow: Id<'threads'>, by: By): Promise<void> {
  const thread = await ctx.db.get(threadRow)
  if (thread?.shelf === 'archived') await ctx.db.patch(threadRow, { shelf: undefined })
  if (!thread?.removed || by === 'time') return
  const isMeant = by === 'person' || by.sentAt > thread.removed.at
  if (isMeant) await ctx.db.patch(threadRow, { shelf: undefined, removed: undefined })
}
