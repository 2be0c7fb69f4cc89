/** Read-only links to a chat, and the one function that anybody may call: what such a link shows. */
import { paginationOptsValidator } from 'convex/server'
import { v } from 'convex/values'
import type { Doc } from './_generated/dataModel.js'
import { anyoneQuery } from './asAnyone.ts'
import { personMutation, personQuery } from './asPerson.ts'
import { logDecision } from './log.ts'
import { findThread } from './rows/findRows.ts'
import { readShare, sharedValidator } from './rows/readShare.ts'
import { requireListed } from './rows/requireThread.ts'
import { findShare, revokeShare, saveShare } from './rows/saveShare.ts'

const shareView = v.object({
  shareId: v.string(),
  createdAt: v.number(),
  /** It shows what there was then. */
  uptoAt: v.number(),
})

const viewShare = ({ shareId, createdAt, uptoAt }: Doc<'shares'>) => ({ shareId, createdAt, uptoAt })

export const ofThread = personQuery({
  args: { threadId: v.string() },
  returns: v.union(v.null(), shareView),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    const share = await findShare(ctx, thread?.shareId)
    return share && viewShare(share)
  },
})

/** More links than anybody keeps; the newest are told. */
const listedAtMost = 200

/** Every link of the person's, newest first, but for chats that are being removed. */
export const list = personQuery({
  args: {},
  returns: v.array(v.object({ ...shareView.fields, threadId: v.string(), title: v.string() })),
  handler: async (ctx) => {
    const shares = await ctx.db
      .query('shares')
      .withIndex('by_owner', (q) => q.eq('ownerId', ctx.ownerId))
      .order('desc')
      .take(listedAtMost)
    const rows = await Promise.all(
      shares.map(async (share) => {
        const thread = await ctx.db.get(share.thread)
        if (!thread || thread.shelf === 'removed') return []
        return [{ ...viewShare(share), threadId: thread.threadId, title: thread.title }]
      }),
    )
    return rows.flat()
  },
})

/** Shared already: its link shows up to now. Who has the link may read, nobody else finds it. */
export const create = personMutation({
  args: { threadId: v.string() },
  returns: shareView,
  handler: async (ctx, { threadId }) => {
    const share = await saveShare(ctx, await requireListed(ctx, threadId), Date.now())
    // Not the shareId: who reads the log must not read the chat.
    logDecision('shares.create', { ownerId: ctx.ownerId, threadId, uptoSeq: share.uptoSeq })
    return viewShare(share)
  },
})

/** At once; a link made later is another one. */
export const revoke = personMutation({
  args: { threadId: v.string() },
  returns: v.null(),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    if (thread) await revokeShare(ctx, thread)
    logDecision('shares.revoke', { ownerId: ctx.ownerId, threadId, found: thread !== null })
    return null
  },
})

/** Oldest first. Null: there is no such link, or not any more. */
export const read = anyoneQuery({
  args: { shareId: v.string(), paginationOpts: paginationOptsValidator },
  returns: sharedValidator,
  handler: (ctx, { shareId, paginationOpts }) => readShare(ctx, shareId, paginationOpts),
})
