/** The list of a person's threads, and what they may change about one. */
import { paginationOptsValidator, paginationResultValidator } from 'convex/server'
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { maxInstructionsChars, maxTitleChars } from '../lib/chat/messageLimits.ts'
import { isModelName } from '../lib/chat/messagePolicy.ts'
import { personMutation, personQuery } from './asPerson.ts'
import { boundPage } from './decisions/boundPage.ts'
import { present } from './decisions/present.ts'
import { tidyTitle } from './decisions/tidyTitle.ts'
import { logDecision } from './log.ts'
import { findSpend, threadPeriod } from './rows/addSpend.ts'
import { findThread } from './rows/findRows.ts'
import { requireListed, requireThread } from './rows/requireThread.ts'
import { seeThread, unreadThreads, unseeThread } from './rows/seeThread.ts'
import {
  archiveThread,
  pinnedThreads,
  pinThread,
  restoreThread,
  shelveRemoved,
  unarchiveThread,
  unpinThread,
} from './rows/shelveThread.ts'
import { threadRow } from './rows/threadRow.ts'
import { policyValidator, shelfValidator, threadRowValidator, threadStatusValidator } from './validators.ts'

/** Newest first, without what is pinned; or what was put away. Reads the rows it shows and no others, and no table that tokens change. */
export const list = personQuery({
  args: { shelf: v.optional(v.literal('archived')), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(threadRowValidator),
  handler: async (ctx, { shelf, paginationOpts }) => {
    const threads = await ctx.db
      .query('threads')
      .withIndex('by_owner_shelf', (q) => q.eq('ownerId', ctx.ownerId).eq('shelf', shelf).eq('pinnedAt', undefined))
      .order('desc')
      .paginate(boundPage(paginationOpts))
    return { ...threads, page: threads.page.map(threadRow) }
  },
})

/** Newest pin first; there are never more than 50. */
export const pinned = personQuery({
  args: {},
  returns: v.array(threadRowValidator),
  handler: async (ctx) => (await pinnedThreads(ctx, ctx.ownerId)).map(threadRow),
})

/** What replied while the person was away: what has come and was not seen. At most 20, newest first. */
export const unread = personQuery({
  args: {},
  returns: v.object({
    threads: v.array(
      v.object({ threadId: v.string(), title: v.string(), repliedAt: v.number(), status: threadStatusValidator }),
    ),
  }),
  handler: async (ctx) => {
    const threads = await unreadThreads(ctx, ctx.ownerId, 20)
    return {
      threads: threads.map(({ threadId, title, status, unreadAt = 0 }) => ({
        threadId,
        title,
        repliedAt: unreadAt,
        status,
      })),
    }
  },
})

export const get = personQuery({
  args: { threadId: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      threadId: v.string(),
      title: v.string(),
      status: threadStatusValidator,
      instructions: v.string(),
      policy: policyValidator,
      /** Null: as the person's preferences say. */
      model: v.union(v.null(), v.string()),
      /** The branch that is shown. */
      branch: v.string(),
      openWaits: v.number(),
      /** What it may cost; null: no limit of its own. */
      budgetMicros: v.union(v.null(), v.number()),
      /** What its model calls have cost, where the price is known. */
      spentMicros: v.number(),
      /** Absent: it lies in the list. `removed`: deleted a moment ago, which may still be undone. */
      shelf: v.optional(shelfValidator),
      pinnedAt: v.optional(v.number()),
      /** When a reply last ended; up to when it was seen. */
      repliedAt: v.optional(v.number()),
      seenAt: v.optional(v.number()),
      isUnread: v.optional(v.boolean()),
      isShared: v.optional(v.boolean()),
    }),
  ),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    if (!thread) return null
    const { title, status, instructions = '', policy = 'queue', branch = 'main', openWaits = 0 } = thread
    const spentMicros = (await findSpend(ctx, ctx.ownerId, thread._id, threadPeriod))?.micros ?? 0
    const { model = null, budgetMicros = null } = thread
    return {
      ...{ threadId, title, status, instructions, policy, model, branch, openWaits, budgetMicros, spentMicros },
      ...present(thread, ['shelf', 'pinnedAt', 'repliedAt', 'seenAt']),
      isUnread: thread.unreadAt !== undefined,
      isShared: thread.shareId !== undefined,
    }
  },
})

export const rename = personMutation({
  args: { threadId: v.string(), title: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const thread = await requireThread(ctx, args.threadId)
    const title = tidyTitle(args.title)
    if (title.length > maxTitleChars) throw new ConvexError(chatErrorData('title-too-long'))
    // An emptied title is asked for anew after the next reply.
    await ctx.db.patch(thread._id, { title, titleSource: title === '' ? 'none' : 'person' })
    logDecision('threads.rename', { ownerId: ctx.ownerId, threadId: args.threadId })
    return null
  },
})

export const setInstructions = personMutation({
  args: { threadId: v.string(), instructions: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const thread = await requireThread(ctx, args.threadId)
    const instructions = args.instructions.toWellFormed().trim()
    if (instructions.length > maxInstructionsChars) throw new ConvexError(chatErrorData('instructions-too-long'))
    await ctx.db.patch(thread._id, { instructions: instructions === '' ? undefined : instructions })
    logDecision('threads.setInstructions', { ownerId: ctx.ownerId, threadId: args.threadId })
    return null
  },
})

/** What becomes of a message that comes while a reply is made; null: it waits. */
export const setPolicy = personMutation({
  args: { threadId: v.string(), policy: v.union(v.null(), policyValidator) },
  returns: v.null(),
  handler: async (ctx, { threadId, policy }) => {
    const thread = await requireThread(ctx, threadId)
    await ctx.db.patch(thread._id, { policy: policy ?? undefined })
    logDecision('threads.setPolicy', { ownerId: ctx.ownerId, threadId, policy })
    return null
  },
})

/** The model of replies that begin from now on; null: as the person's preferences say. */
export const setModel = personMutation({
  args: { threadId: v.string(), model: v.union(v.null(), v.string()) },
  returns: v.null(),
  handler: async (ctx, { threadId, model }) => {
    const thread = await requireThread(ctx, threadId)
    if (model !== null && !isModelName(model)) throw new ConvexError(chatErrorData('bad-request'))
    await ctx.db.patch(thread._id, { model: model ?? undefined })
    logDecision('threads.setModel', { ownerId: ctx.ownerId, threadId, model })
    return null
  },
})

/** What the whole thread may cost; null: no limit of its own. */
export const setBudget = personMutation({
  args: { threadId: v.string(), budgetMicros: v.union(v.null(), v.number()) },
  returns: v.null(),
  handler: async (ctx, { threadId, budgetMicros }) => {
    const thread = await requireThread(ctx, threadId)
    const isAmount = budgetMicros === null || (Number.isSafeInteger(budgetMicros) && budgetMicros >= 0)
    if (!isAmount) throw new ConvexError(chatErrorData('bad-request'))
    await ctx.db.patch(thread._id, { budgetMicros: budgetMicros ?? undefined })
    logDecision('threads.setBudget', { ownerId: ctx.ownerId, threadId, budgetMicros })
    return null
  },
})

export const pin = personMutation({
  args: { threadId: v.string(), isPinned: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { threadId, isPinned }) => {
    const thread = await requireListed(ctx, threadId)
    if (!isPinned) await unpinThread(ctx, thread)
    else if (!(await pinThread(ctx, thread, Date.now()))) throw new ConvexError(chatErrorData('too-many-pins'))
    logDecision('threads.pin', { ownerId: ctx.ownerId, threadId, isPinned })
    return null
  },
})

/**
 * Out of the list, and nothing else; what happens in it later brings it back. Returns since when it was pinned, if it was: whoever undoes
 * the archiving says so again.
 */
export const archive = personMutation({
  args: { threadId: v.string(), isArchived: v.boolean(), pinnedAt: v.optional(v.number()) },
  returns: v.union(v.null(), v.number()),
  handler: async (ctx, { threadId, isArchived, pinnedAt }) => {
    const thread = await requireListed(ctx, threadId)
    const isTime = pinnedAt === undefined || (pinnedAt > 0 && pinnedAt <= Date.now())
    if (!isTime) throw new ConvexError(chatErrorData('bad-request'))
    logDecision('threads.archive', { ownerId: ctx.ownerId, threadId, isArchived })
    if (isArchived) return archiveThread(ctx, thread)
    await unarchiveThread(ctx, thread, pinnedAt)
    return null
  },
})

/** What there is has been seen, on whichever device. */
export const see = personMutation({
  args: { threadId: v.string() },
  returns: v.null(),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    if (thread) await seeThread(ctx, thread, Date.now())
    return null
  },
})

export const markUnread = personMutation({
  args: { threadId: v.string() },
  returns: v.null(),
  handler: async (ctx, { threadId }) => {
    await unseeThread(ctx, await requireListed(ctx, threadId))
    return null
  },
})

/** Gone from every list at once, and for good two minutes later. */
export const remove = personMutation({
  args: { threadId: v.string() },
  returns: v.null(),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    // Gone already: the person has what they want.
    if (thread) await shelveRemoved(ctx, thread, Date.now())
    logDecision('threads.remove', { ownerId: ctx.ownerId, threadId, found: thread !== null })
    return null
  },
})

/** The undo of `remove`. `gone`: it is too late. */
export const restore = personMutation({
  args: { threadId: v.string() },
  returns: v.union(v.literal('restored'), v.literal('gone')),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    if (thread) await restoreThread(ctx, thread)
    const result = thread ? ('restored' as const) : ('gone' as const)
    logDecision('threads.restore', { ownerId: ctx.ownerId, threadId, result })
    return result
  },
})
