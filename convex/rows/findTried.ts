/** Which turn a press on Retry or Continue means, in a thread that may have several versions. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { isOnChain } from '../decisions/chainOf.ts'
import type { Fork } from '../decisions/decideFork.ts'
import { findLatestTry, findMessage, findTurnOfMessage } from './findRows.ts'
import { readChain } from './readChain.ts'
import { forkAt } from './regenerateTurn.ts'

/**
 * The latest try of the message on the branch where it was tried; of a question that was asked on several branches, on the one that is
 * shown.
 */
export async function findTried(ctx: QueryCtx, message: Doc<'messages'>): Promise<Doc<'turns'> | null> {
  if (message.role === 'user') return findOnShown(ctx, message)
  const input = message.inReplyTo === undefined ? null : await findMessage(ctx, message.ownerId, message.inReplyTo)
  return input && findLatestTry(ctx, input, message.branch ?? 'main')
}

async function findOnShown(ctx: QueryCtx, input: Doc<'messages'>): Promise<Doc<'turns'> | null> {
  const thread = await ctx.db.get(input.thread)
  if (thread?.branch === undefined) return findTurnOfMessage(ctx, input)
  const chain = await readChain(ctx, thread.branch)
  for (const { branch } of chain) {
    const turn = await findLatestTry(ctx, input, branch)
    if (turn && isOnChain(chain, placeOf(turn))) return turn
  }
  return findTurnOfMessage(ctx, input)
}

/**
 * A reply that the shown branch has from another one is made anew beside it: a Retry at the end of that other branch would not be seen, and
 * its marks would be. Null: it is tried again where it is.
 */
export async function forkForRetry(ctx: MutationCtx, tried: Doc<'turns'>): Promise<Fork | null> {
  const thread = await ctx.db.get(tried.thread)
  if (!thread || (thread.branch ?? 'main') === tried.branch) return null
  const chain = await readChain(ctx, thread.branch ?? 'main')
  return isOnChain(chain, placeOf(tried)) ? forkAt(ctx, tried, true) : null
}

/** Nothing has begun after it there. */
export async function isLastOfBranch(ctx: QueryCtx, { _id, thread, branch }: Doc<'turns'>): Promise<boolean> {
  const last = await ctx.db
    .query('turns')
    .withIndex('by_thread_seq', (q) => q.eq('thread', thread).eq('branch', branch).gt('seq', 0))
    .order('desc')
    .first()
  return last?._id === _id
}

function placeOf({ branch, seq }: Doc<'turns'>) {
  return { branch, settledSeq: seq === undefined ? undefined : seq * 2 + 1 }
}
