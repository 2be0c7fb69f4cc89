/** Summaries of the older part of a thread: what is to be told, and what was told. The originals stay. */
import { v } from 'convex/values'
import type { QueryCtx } from '../_generated/server.js'
import { logDecision } from '../log.ts'
import { addSpend } from '../rows/addSpend.ts'
import { findThread } from '../rows/findRows.ts'
import { findSummary, readChain, upTo } from '../rows/readChain.ts'
import { readStretch, spokenValidator } from '../rows/readStretch.ts'
import { oweSummary, type WantedSummary } from '../rows/wantSummary.ts'
import { spendValidator } from '../validators.ts'
import { serviceMutation, serviceQuery } from './asService.ts'

const wanted = { ownerId: v.string(), threadId: v.string(), branch: v.string(), uptoSettled: v.number() }
/** About 1,500 tokens: it stands in every later prompt of the thread. */
const mostChars = 6_000

async function findPlace(ctx: QueryCtx, { ownerId, threadId, branch, uptoSettled }: WantedSummary) {
  const thread = await findThread(ctx, ownerId, threadId)
  if (!thread) return null
  const chain = upTo(await readChain(ctx, branch), uptoSettled)
  const previous = await findSummary(ctx, thread._id, chain)
  return { thread, chain, previous, from: previous?.uptoSettled ?? 0 }
}

/** The next stretch, and the summary that it goes on from. Null: there is nothing to tell (any more). */
export const load = serviceQuery({
  args: wanted,
  returns: v.union(
    v.null(),
    v.object({ previous: v.string(), from: v.number(), messages: v.array(spokenValidator), reached: v.number() }),
  ),
  handler: async (ctx, args) => {
    const place = await findPlace(ctx, args)
    if (!place || place.from >= args.uptoSettled) return null
    const { thread, chain, previous, from } = place
    return { previous: previous?.text ?? '', from, ...(await readStretch(ctx, thread, chain, from, args.uptoSettled)) }
  },
})

/**
 * `from` is compared: whoever told the same stretch first has told it, so a summary only ever grows. While more is left, the next event
 * is owed in the same transaction. If we crash before it: the stretch is told again, and paid again.
 */
export const save = serviceMutation({
  args: {
    ...wanted,
    from: v.number(),
    reached: v.number(),
    text: v.string(),
    model: v.string(),
    spend: v.optional(spendValidator),
  },
  returns: v.object({ kind: v.union(v.literal('saved'), v.literal('kept')) }),
  handler: async (ctx, { from, reached, text, model, spend, ...args }) => {
    const { ownerId, threadId, uptoSettled } = args
    const now = Date.now()
    const place = await findPlace(ctx, args)
    const isNext = place?.from === from && reached > from && reached <= uptoSettled
    logDecision('summaries.save', { ...args, from, reached, result: isNext ? 'saved' : 'kept' })
    if (!place || !isNext) return { kind: 'kept' as const }
    const { thread, chain } = place
    // Kept with the branch whose row it ends at: every branch that shows that row goes on from it.
    const branch = chain.toReversed().find((link) => link.uptoSettled >= reached)?.branch ?? args.branch
    const kept = text.slice(0, mostChars).toWellFormed()
    const row = { ownerId, thread: thread._id, branch, uptoSettled: reached, text: kept, model, createdAt: now }
    await ctx.db.insert('summaries', row)
    if (spend) await addSpend(ctx, { ownerId, thread: thread._id }, spend, now)
    if (reached < uptoSettled)
      await oweSummary(ctx, { ownerId, threadId, branch: args.branch, uptoSettled }, reached, now)
    return { kind: 'saved' as const }
  },
})
