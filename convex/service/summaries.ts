/** Summaries of the older part of a thread: what is to be told, and what was told. The originals stay. */
import { v } from 'convex/values'
import type { QueryCtx } from '../_generated/server.js'
import { logDecision } from '../log.ts'
import { countAside } from '../rows/countAside.ts'
import { findOverBudget } from '../rows/findOverBudget.ts'
import { findThread } from '../rows/findRows.ts'
import { findSummary, readChain, upTo } from '../rows/readChain.ts'
import { readStretch, spokenValidator } from '../rows/readStretch.ts'
import { oweSummary, type WantedSummary } from '../rows/wantSummary.ts'
import { budgetValidator, spendValidator } from '../validators.ts'
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

/**
 * The next stretch, and the summary that it goes on from. Null: there is nothing to tell (any more), or a budget is spent (`budget`: what
 * the operator allows each person). Then it is asked for again ten turns later.
 */
export const load = serviceQuery({
  args: { ...wanted, budget: v.optional(budgetValidator) },
  returns: v.union(
    v.null(),
    v.object({ previous: v.string(), from: v.number(), messages: v.array(spokenValidator), reached: v.number() }),
  ),
  handler: async (ctx, { budget = {}, ...args }) => {
    const place = await findPlace(ctx, args)
    if (!place || place.from >= args.uptoSettled) return null
    if (await findOverBudget(ctx, args.ownerId, place.thread, budget, Date.now())) return null
    const { thread, chain, previous, from } = place
    return { previous: previous?.text ?? '', from, ...(await readStretch(ctx, thread, chain, from, args.uptoSettled)) }
  },
})

/**
 * `from` is compared: whoever told the same stretch first has told it, so a summary only ever grows. While more is left, the next event
 * is owed in the same transaction. What the call cost counts once, also when it comes second; `call` names it. If we crash before it: the
 * stretch is told again, and paid again.
 */
export const save = serviceMutation({
  args: {
    ...wanted,
    from: v.number(),
    reached: v.number(),
    text: v.string(),
    model: v.string(),
    call: v.optional(v.string()),
    spend: v.optional(spendValidator),
  },
  returns: v.object({ kind: v.union(v.literal('saved'), v.literal('kept')) }),
  handler: async (ctx, { from, reached, text, model, call, spend, ...args }) => {
    const { ownerId, threadId, uptoSettled } = args
    const now = Date.now()
    const place = await findPlace(ctx, args)
    const isNext = place?.from === from && reached > from && reached <= uptoSettled
    logDecision('summaries.save', { ...args, from, reached, result: isNext ? 'saved' : 'kept' })
    if (spend) await countAside(ctx, { ownerId, thread: place?.thread._id ?? null, spend, call }, now)
    if (!place || !isNext) return { kind: 'kept' as const }
    const { thread, chain } = place
    // Kept with the branch whose row it ends at: every branch that shows that row goes on from it.
    const branch = chain.toReversed().find((link) => link.uptoSettled >= reached)?.branch ?? args.branch
    const kept = text.slice(0, mostChars).toWellFormed()
    const row = { ownerId, thread: thread._id, branch, uptoSettled: reached, text: kept, model, createdAt: now }
    await ctx.db.insert('summaries', row)
    if (reached < uptoSettled)
      await oweSummary(ctx, { ownerId, threadId, branch: args.branch, uptoSettled }, reached, now)
    return { kind: 'saved' as const }
  },
})
