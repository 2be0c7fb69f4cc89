/** What the conversation shows: settled pages, the live tail, the running text. */
import {
  type FilterBuilder,
  type NamedTableInfo,
  paginationOptsValidator,
  paginationResultValidator,
} from 'convex/server'
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { maxQueuedMessages } from '../lib/chat/messageLimits.ts'
import type { DataModel, Doc } from './_generated/dataModel.js'
import type { QueryCtx } from './_generated/server.js'
import { personQuery } from './asPerson.ts'
import { boundPage, boundSkipping } from './decisions/boundPage.ts'
import type { Link } from './decisions/chainOf.ts'
import { compareOpen } from './decisions/compareOpen.ts'
import { streamKey } from './decisions/streamKey.ts'
import { textFrom } from './decisions/textFrom.ts'
import { waitsOfTurn } from './rows/closeWait.ts'
import { findMessage, findThread } from './rows/findRows.ts'
import { messageView, tailMessage } from './rows/messageView.ts'
import { readChain } from './rows/readChain.ts'
import { rowsFrom } from './rows/textStream.ts'
import { waitView } from './rows/waitView.ts'
import { type MessageView, messageViewValidator, tailMessageValidator } from './validators.ts'

/** A full queue, twice over (a retry waits with a row of its own). */
const openLimit = 2 * maxQueuedMessages
const landedLimit = 100

/**
 * Settled messages of a branch, newest first; the shown one, when none is named. They never change (but for marks: retried, one of several
 * versions, what became of a wait), so a page costs its own length and no more. Rows of other branches are passed over, up to a bound: a
 * page may be short, or empty, and not the last.
 */
export const page = personQuery({
  args: { threadId: v.string(), branch: v.optional(v.string()), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(messageViewValidator),
  handler: async (ctx, { threadId, branch, paginationOpts }) => {
    const thread = await findThread(ctx, ctx.ownerId, threadId)
    // A chat that is new, deleted or somebody else's: an empty page, so that the pane can stay.
    if (!thread) return { page: [], isDone: true, continueCursor: '' }
    const settled = ctx.db
      .query('messages')
      // What has not settled has no place here and lies before every number.
      .withIndex('by_thread_settled', (q) => q.eq('thread', thread._id).gt('settledSeq', 0))
      .order('desc')
    // A thread that never had a second branch has nothing to pass over.
    const rows =
      thread.branch === undefined
        ? await settled.paginate(boundPage(paginationOpts))
        : await settled
            .filter(isOnBranch(await readChain(ctx, await ownBranch(ctx, thread, branch))))
            .paginate(boundSkipping(boundPage(paginationOpts)))
    return { ...rows, page: await Promise.all(rows.page.map((row) => withWaits(ctx, threadId, row, messageView(row)))) }
  },
})

/** A branch of another thread, or of somebody else, is an unknown one: then what is shown is. */
async function ownBranch(ctx: QueryCtx, thread: Doc<'threads'>, asked: string | undefined): Promise<string> {
  const id = asked === undefined ? null : ctx.db.normalizeId('branches', asked)
  const isOwn = id !== null && (await ctx.db.get(id))?.thread === thread._id
  return asked === 'main' || (isOwn && asked !== undefined) ? asked : (thread.branch ?? 'main')
}

/** chainOf, told to the database: it skips before it counts. */
function isOnBranch(chain: readonly Link[]) {
  return (q: FilterBuilder<NamedTableInfo<DataModel, 'messages'>>) =>
    q.or(
      ...chain.map(({ branch, uptoSettled }) =>
        q.and(
          q.eq(q.field('branch'), branch === 'main' ? undefined : branch),
          q.lte(q.field('settledSeq'), uptoSettled),
        ),
      ),
    )
}

async function withWaits<View extends MessageView>(
  ctx: QueryCtx,
  threadId: string,
  { hasWaits, turn }: Doc<'messages'>,
  view: View,
): Promise<View> {
  if (!hasWaits || !turn) return view
  return { ...view, waits: (await waitsOfTurn(ctx, turn)).map((wait) => waitView(wait, threadId)) }
}

/** What has not settled, on every branch: the running turn's rows, then the queue in its order, then what is held for a predecessor. */
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
    const views = rows.toSorted(compareOpen).map((row) => withWaits(ctx, threadId, row, tailMessage(row)))
    return { messages: await Promise.all(views) }
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
