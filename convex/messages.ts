/** What the conversation shows: settled pages, the live tail, the running text. */
import { paginationOptsValidator, paginationResultValidator } from 'convex/server'
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { maxQueuedMessages } from '../lib/chat/messageLimits.ts'
import { personQuery } from './asPerson.ts'
import { boundPage } from './decisions/boundPage.ts'
import { compareOpen } from './decisions/compareOpen.ts'
import { streamKey } from './decisions/streamKey.ts'
import { textFrom } from './decisions/textFrom.ts'
import { findMessage, findThread } from './rows/findRows.ts'
import { messageView, tailMessage } from './rows/messageView.ts'
import { rowsFrom } from './rows/textStream.ts'
import { messageViewValidator, tailMessageValidator } from './validators.ts'

/** A full queue, twice over (a retry waits with a row of its own). */
const openLimit = 2 * maxQueuedMessages
const landedLimit = 100

/** Settled messages, newest first. They never change (but for the mark that a Retry leaves), so a page costs its own length and no more. */
export const page = personQuery({
  args: { threadId: v.string(), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(messageViewValidator),
  handler: async (ctx, { threadId, paginationOpts }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    // A chat that is new, deleted or somebody else's: an empty page, so that the pane can stay.
    if (!thread) return { page: [], isDone: true, continueCursor: '' }
    const rows = await ctx.db
      .query('messages')
      // What has not settled has no place here and lies before every number.
      .withIndex('by_thread_settled', (q) => q.eq('thread', thread._id).gt('settledSeq', 0))
      .order('desc')
      .paginate(boundPage(paginationOpts))
    return { ...rows, page: rows.page.map(messageView) }
  },
})

/** What has not settled: the running turn's rows, then the queue in its order, then what is held for a predecessor. */
export const tail = personQuery({
  args: { threadId: v.string() },
  returns: v.object({ messages: v.array(tailMessageValidator) }),
  handler: async (ctx, { threadId }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    if (!thread) return { messages: [] }
    const open = (status: 'processing' | 'pending') =>
      ctx.db
        .query('messages')
        .withIndex('by_thread_open', (q) => q.eq('thread', thread._id).eq('status', status))
        .take(openLimit)
    const rows = [...(await open('processing')), ...(await open('pending'))]
    return { messages: rows.toSorted(compareOpen).map(tailMessage) }
  },
})

/** The running text from an offset on. Another key than the one given: a new stream, from its start; null: nothing is being written. */
export const follow = personQuery({
  args: { messageId: v.string(), key: v.union(v.string(), v.null()), from: v.number() },
  returns: v.object({ key: v.union(v.string(), v.null()), from: v.number(), text: v.string() }),
  handler: async (ctx, { messageId, key, from }) => {
    const message = await findMessage(ctx, ctx.ownerId, messageId)
    if (!message?.live || !message.turn) return { key: null, from: 0, text: '' }
    const stream = { turn: message.turn, ...message.live }
    const liveKey = streamKey(message.live)
    const isFollowing = key === liveKey && Number.isSafeInteger(from) && from > 0
    const rows = await rowsFrom(ctx, stream, isFollowing ? from : 0)
    return { key: liveKey, ...textFrom(rows, isFollowing ? from : 0) }
  },
})

/** Which of these are saved; the outbox forgets them then. */
export const landed = personQuery({
  args: { messageIds: v.array(v.string()) },
  returns: v.array(v.string()),
  handler: async (ctx, { messageIds }) => {
    if (messageIds.length > landedLimit) throw new ConvexError(chatErrorData('bad-request'))
    const saved = await Promise.all(messageIds.map((messageId) => findMessage(ctx, ctx.ownerId, messageId)))
    return messageIds.filter((_, place) => saved[place] !== null)
  },
})
