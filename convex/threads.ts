/** The list of a person's threads, and what they may change about one. */
import { paginationOptsValidator, paginationResultValidator } from 'convex/server'
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { maxInstructionsChars, maxTitleChars } from '../lib/chat/messageLimits.ts'
import { isModelName } from '../lib/chat/messagePolicy.ts'
import type { Doc } from './_generated/dataModel.js'
import { type PersonMutationCtx, personMutation, personQuery } from './asPerson.ts'
import { boundPage } from './decisions/boundPage.ts'
import { tidyTitle } from './decisions/tidyTitle.ts'
import { logDecision } from './log.ts'
import { findSpend, threadPeriod } from './rows/addSpend.ts'
import { findThread } from './rows/findRows.ts'
import { removeThread } from './rows/removeThread.ts'
import { policyValidator, threadStatusValidator } from './validators.ts'

const threadView = v.object({
  threadId: v.string(),
  title: v.string(),
  status: threadStatusValidator,
  lastActivityAt: v.number(),
  createdAt: v.number(),
})

async function requireThread(ctx: PersonMutationCtx, threadId: string): Promise<Doc<'threads'>> {
  const thread = await findThread(ctx, ctx.ownerId, threadId)
  if (!thread) throw new ConvexError(chatErrorData('thread-not-found'))
  return thread
}

export const list = personQuery({
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(threadView),
  handler: async (ctx, { paginationOpts }) => {
    const threads = await ctx.db
      .query('threads')
      .withIndex('by_owner_activity', (q) => q.eq('ownerId', ctx.ownerId))
      .order('desc')
      .paginate(boundPage(paginationOpts))
    return {
      ...threads,
      page: threads.page.map(({ threadId, title, status, lastActivityAt, createdAt }) => ({
        threadId,
        title,
        status,
        lastActivityAt,
        createdAt,
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
    }),
  ),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    if (!thread) return null
    const { title, status, instructions = '', policy = 'queue', branch = 'main', openWaits = 0 } = thread
    const spentMicros = (await findSpend(ctx, ctx.ownerId, thread._id, threadPeriod))?.micros ?? 0
    const { model = null, budgetMicros = null } = thread
    return { threadId, title, status, instructions, policy, model, branch, openWaits, budgetMicros, spentMicros }
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

export const remove = personMutation({
  args: { threadId: v.string() },
  returns: v.null(),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    // Gone already: the person has what they want.
    if (thread) await removeThread(ctx, thread, Date.now())
    logDecision('threads.remove', { ownerId: ctx.ownerId, threadId, found: thread !== null })
    return null
  },
})
