/** Jobs: every reply's making. The list over all threads, its numbers, and the ledger of one. */
import { paginationOptsValidator, paginationResultValidator } from 'convex/server'
import { v } from 'convex/values'
import { personQuery } from './asPerson.ts'
import { addOffered, inspectionValidator, readInspection } from './decisions/readInspection.ts'
import { findMessage, findStep, findTurnOfMessage } from './rows/findRows.ts'
import { inspectJob } from './rows/inspectJob.ts'
import { jobFilterValidator, pageJobs } from './rows/pageJobs.ts'
import { readSteps } from './rows/readLedger.ts'
import { jobSummaryValidator, summarizeJobs } from './rows/summarizeJobs.ts'
import { jobRowValidator, jobValidator } from './validators.ts'

/** Replies of all threads, newest first. `running` is one page: what runs, and what waits for its turn. */
export const page = personQuery({
  args: { filter: jobFilterValidator, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(jobRowValidator),
  handler: (ctx, { filter, paginationOpts }) => pageJobs(ctx, ctx.ownerId, filter, paginationOpts),
})

/** `now`: the caller's, so that the day and its hours go on while nothing happens. */
export const summary = personQuery({
  args: { now: v.optional(v.number()) },
  returns: jobSummaryValidator,
  handler: (ctx, { now }) => summarizeJobs(ctx, ctx.ownerId, now ?? Date.now()),
})

/** By a reply's id, or by a user's message: then its latest turn, or the one that took it in. Null: there is no such message. */
export const inspect = personQuery({
  args: { messageId: v.string() },
  returns: v.union(v.null(), jobValidator),
  handler: (ctx, { messageId }) => inspectJob(ctx, ctx.ownerId, messageId),
})

/** What went into the reply: tools, messages, summary, facts, tokens of each. Null: nothing was gathered yet, or by an older deploy. */
export const context = personQuery({
  args: { messageId: v.string() },
  returns: v.union(v.null(), inspectionValidator),
  handler: async (ctx, { messageId }) => {
    const message = await findMessage(ctx, ctx.ownerId, messageId)
    const turn = message && (await findTurnOfMessage(ctx, message))
    const result = turn && (await findStep(ctx, turn._id, 'prepare'))?.result
    const noted = result?.kind === 'plain' ? readInspection(result.value) : null
    const reply = turn?.replyMessage && (await ctx.db.get(turn.replyMessage))
    // The ledger of a reply that took nothing in says no more: it need not be read, nor wake this at every step.
    if (!noted || !turn || !reply?.parts?.some(({ type }) => type === 'steer')) return noted
    return addOffered(noted, await readSteps(ctx, turn._id))
  },
})
