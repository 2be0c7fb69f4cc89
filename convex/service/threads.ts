/** Naming a thread, after its first exchange or by the agent on the person's wish; looking one up. */
import { v } from 'convex/values'
import { maxTitleChars } from '../../lib/chat/messageLimits.ts'
import type { MessageStatus } from '../../lib/chat/messageStatus.ts'
import { tidyModelTitle } from '../decisions/tidyTitle.ts'
import { logDecision } from '../log.ts'
import { countAside } from '../rows/countAside.ts'
import { findOverBudget } from '../rows/findOverBudget.ts'
import { findThread } from '../rows/findRows.ts'
import { messageText } from '../rows/messageView.ts'
import { budgetValidator, spendValidator } from '../validators.ts'
import { serviceMutation, serviceQuery } from './asService.ts'

/** The first exchange is among the first rows, unless failures came before it. */
const lookedAt = 20
/** A title needs no more than the beginning. */
const titleContextChars = 2000

/** One that waits says no more itself: what comes next is another reply. */
const isWhole = (status: MessageStatus) => status === 'completed' || status === 'waiting'

function shorten(text: string): string {
  return text.slice(0, titleContextChars).toWellFormed()
}

/**
 * Null: there is nothing to name (gone, or it has a title), or a budget is spent (`budget`: what the operator allows each person). Then
 * a later reply asks for a title again.
 */
export const forTitle = serviceQuery({
  args: { ownerId: v.string(), threadId: v.string(), budget: v.optional(budgetValidator) },
  returns: v.union(v.null(), v.object({ user: v.string(), assistant: v.string() })),
  handler: async (ctx, { ownerId, threadId, budget = {} }) => {
    const thread = await findThread(ctx, ownerId, threadId)
    if (thread?.titleSource !== 'none') return null
    if (await findOverBudget(ctx, ownerId, thread, budget, Date.now())) return null
    const oldest = await ctx.db
      .query('messages')
      .withIndex('by_thread_settled', (q) => q.eq('thread', thread._id).gt('settledSeq', 0))
      .take(lookedAt)
    const reply = oldest.find((message) => message.role === 'assistant' && isWhole(message.status))
    const user = oldest.find((message) => message.messageId === reply?.inReplyTo)
    if (!reply || !user) return null
    return { user: shorten(user.text), assistant: shorten(messageText(reply)) }
  },
})

/** A title the person gave is never replaced. What the title cost counts once, also when it comes too late; `call` names the call. */
export const setTitle = serviceMutation({
  args: {
    ownerId: v.string(),
    threadId: v.string(),
    title: v.string(),
    call: v.optional(v.string()),
    spend: v.optional(spendValidator),
  },
  returns: v.object({ kind: v.union(v.literal('set'), v.literal('kept')) }),
  handler: async (ctx, { ownerId, threadId, title, call, spend }) => {
    const thread = await findThread(ctx, ownerId, threadId)
    const tidy = tidyModelTitle(title, maxTitleChars)
    const isWanted = thread?.titleSource === 'none' && tidy !== ''
    if (isWanted) await ctx.db.patch(thread._id, { title: tidy, titleSource: 'model' })
    if (spend) await countAside(ctx, { ownerId, thread: thread?._id ?? null, spend, call }, Date.now())
    logDecision('threads.setTitle', { ownerId, threadId, result: isWanted ? 'set' : 'kept' })
    return { kind: isWanted ? ('set' as const) : ('kept' as const) }
  },
})

/** By the agent, because the person wished it: it counts as theirs. Null: there is no such thread of this person. */
export const rename = serviceMutation({
  args: { ownerId: v.string(), threadId: v.string(), title: v.string() },
  returns: v.union(v.null(), v.object({ title: v.string() })),
  handler: async (ctx, args) => {
    const { ownerId, threadId } = args
    const thread = await findThread(ctx, ownerId, threadId)
    const title = tidyModelTitle(args.title, maxTitleChars)
    const isWanted = thread !== null && title !== ''
    if (isWanted) await ctx.db.patch(thread._id, { title, titleSource: 'person' })
    logDecision('threads.renameByAgent', { ownerId, threadId, result: isWanted ? 'set' : 'kept' })
    return thread && { title: isWanted ? title : thread.title }
  },
})

/** Null: there is no such thread of this person. */
export const find = serviceQuery({
  args: { ownerId: v.string(), threadId: v.string() },
  returns: v.union(v.null(), v.object({ threadId: v.string(), title: v.string() })),
  handler: async (ctx, { ownerId, threadId }) => {
    const thread = await findThread(ctx, ownerId, threadId)
    return thread && { threadId, title: thread.title }
  },
})
