/** A thread's read-only link: made, brought up to now, taken back. The only writer of `shares`, and of the copy on the thread. */
import type { WithoutSystemFields } from 'convex/server'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'

/** Null: it is not shared. */
export async function findShare(ctx: Pick<QueryCtx, 'db'>, shareId: string | undefined): Promise<Doc<'shares'> | null> {
  if (shareId === undefined) return null
  return ctx.db
    .query('shares')
    .withIndex('by_share', (q) => q.eq('shareId', shareId))
    .unique()
}

/** Shared already: the same link shows up to now. */
export async function saveShare(ctx: MutationCtx, thread: Doc<'threads'>, now: number): Promise<Doc<'shares'>> {
  const { ownerId, _id, title, branch = 'main', lastSeq } = thread
  const running = thread.runningTurn ? await ctx.db.get(thread.runningTurn) : null
  const shown = { title, branch, uptoSeq: lastSeq, exceptSeq: running?.seq, uptoAt: now }
  const known = await findShare(ctx, thread.shareId)
  const id = known?._id ?? (await insertShare(ctx, { ownerId, thread: _id, createdAt: now, ...shown }))
  if (known) await ctx.db.patch(id, shown)
  const share = await ctx.db.get(id)
  if (!share) throw new Error(`The share of thread ${thread.threadId} is gone in the transaction that made it`)
  if (!known) await ctx.db.patch(_id, { shareId: share.shareId })
  return share
}

type NewShare = Omit<WithoutSystemFields<Doc<'shares'>>, 'shareId' | 'exceptSeq'> & { exceptSeq: number | undefined }

async function insertShare(ctx: MutationCtx, { exceptSeq, ...row }: NewShare): Promise<Id<'shares'>> {
  const except = exceptSeq === undefined ? {} : { exceptSeq }
  return ctx.db.insert('shares', { ...row, ...except, shareId: newShareId() })
}

export async function revokeShare(ctx: MutationCtx, thread: Doc<'threads'>): Promise<void> {
  const share = await findShare(ctx, thread.shareId)
  if (share) await ctx.db.delete(share._id)
  if (thread.shareId !== undefined) await ctx.db.patch(thread._id, { shareId: undefined })
}

/** 128 bits: nobody guesses one. */
function newShareId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
