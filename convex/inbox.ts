/** What needs the person, over all threads: what waits for them, and what failed. */
import { ConvexError, v } from 'convex/values'
import { chatErrorData } from '../lib/chat/chatError.ts'
import { personMutation, personQuery } from './asPerson.ts'
import { listedThreads, openFailures, openWaitsOf } from './rows/findOpen.ts'
import { findMessage } from './rows/findRows.ts'
import { waitView } from './rows/waitView.ts'
import { errorValidator, waitViewValidator } from './validators.ts'

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
    const threads = listedThreads(ctx)
    const waits = []
    for (const wait of await openWaitsOf(ctx, ctx.ownerId)) {
      const thread = await threads(wait.thread)
      if (thread) waits.push({ ...waitView(wait, thread.threadId), threadTitle: thread.title })
    }
    const failures = []
    for (const { messageId, thread: row, error, settledAt } of await openFailures(ctx, ctx.ownerId)) {
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
