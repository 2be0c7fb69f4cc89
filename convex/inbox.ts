/** What needs the person, over all threads: what waits for them, and what failed. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import type { Doc, Id } from './_generated/dataModel.js'
import type { QueryCtx } from './_generated/server.js'
import { type PersonQueryCtx, personMutation, personQuery } from './asPerson.ts'
import { findMessage } from './rows/findRows.ts'
import { waitView } from './rows/waitView.ts'
import { errorValidator, waitViewValidator } from './validators.ts'

/** Of each kind: more than anybody looks through. */
const shownAtMost = 100

export const list = personQuery({
  args: {},
  returns: v.object({
    /** Soonest first. */
    waits: v.array(v.object({ ...waitViewValidator.fields, threadTitle: v.string() })),
    /** Newest first. */
    failures: v.array(
      v.object({
        messageId: v.string(),
        threadId: v.string(),
        threadTitle: v.string(),
        error: errorValidator,
        settledAt: v.number(),
      }),
    ),
  }),
  handler: async (ctx) => {
    const threads = rememberThreads(ctx)
    const waits = []
    for (const wait of await openWaits(ctx)) {
      const thread = await threads(wait.thread)
      if (thread) waits.push({ ...waitView(wait, thread.threadId), threadTitle: thread.title })
    }
    const failures = []
    for (const { messageId, thread: row, error, settledAt } of await openFailures(ctx)) {
      const thread = await threads(row)
      if (!thread || !error || settledAt === undefined) continue
      failures.push({ messageId, threadId: thread.threadId, threadTitle: thread.title, error, settledAt })
    }
    return { waits, failures }
  },
})

/** Puts a failure aside; its message stays. */
export const dismiss = personMutation({
  args: { messageId: v.string() },
  returns: v.null(),
  handler: async (ctx, { messageId }) => {
    const message = await findMessage(ctx, ctx.ownerId, messageId)
    if (!message) throw new ConvexError(chatErrorData('message-not-found'))
    if (message.status === 'failed') await ctx.db.patch(message._id, { dismissed: true })
    return null
  },
})

/** Kind by kind: a hundred timers must not hide a question. */
async function openWaits(ctx: PersonQueryCtx): Promise<Doc<'waits'>[]> {
  const ofKind = (kind: Doc<'waits'>['kind']) =>
    ctx.db
      .query('waits')
      .withIndex('by_owner_state', (q) => q.eq('ownerId', ctx.ownerId).eq('state', 'open').eq('kind', kind))
      .take(shownAtMost)
  const waits = [...(await ofKind('question')), ...(await ofKind('approval')), ...(await ofKind('time'))]
  return waits.toSorted((a, b) => a.until - b.until)
}

/** Failed rows that carry the reason (a reply, or a message that never had one), not tried again and not put aside. */
async function openFailures(ctx: PersonQueryCtx): Promise<Doc<'messages'>[]> {
  const failed = await ctx.db
    .query('messages')
    .withIndex('by_owner_status', (q) => q.eq('ownerId', ctx.ownerId).eq('status', 'failed'))
    .order('desc')
    .take(2 * shownAtMost)
  return failed.filter((row) => row.error && !row.superseded && !row.retried && !row.dismissed).slice(0, shownAtMost)
}

/** Many waits lie in few threads. Null: the thread is being removed. */
function rememberThreads(ctx: QueryCtx): (id: Id<'threads'>) => Promise<Doc<'threads'> | null> {
  const known = new Map<Id<'threads'>, Promise<Doc<'threads'> | null>>()
  return (id) => {
    const reading = known.get(id) ?? ctx.db.get(id)
    known.set(id, reading)
    return reading
  }
}
