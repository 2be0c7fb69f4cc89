/** Retry: a new turn with the same input, at the end of the queue. */
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { insertReply, moveTurn } from './moveTurn.ts'
import { startNext } from './startNext.ts'

export async function retryTurn(ctx: MutationCtx, failed: Doc<'turns'>, now: number): Promise<Doc<'turns'>> {
  const input = await ctx.db.get(failed.inputMessage)
  if (!input) throw new Error(`The input of turn ${failed._id} is gone: a removal is under way`)
  await ctx.db.patch(input._id, { retried: true })
  if (failed.replyMessage) await ctx.db.patch(failed.replyMessage, { superseded: true })

  const turnId = await ctx.db.insert('turns', {
    ownerId: failed.ownerId,
    thread: failed.thread,
    branch: failed.branch,
    cause: 'retry',
    inputMessage: input._id,
    state: 'pending',
    epoch: 0,
    restarts: 0,
  })
  const turn = await ctx.db.get(turnId)
  if (!turn) throw new Error(`Turn ${turnId} is gone in the transaction that made it`)
  // The user's row lies in the settled pages already: the reply's row is what shows that something is under way.
  await ctx.db.patch(turnId, { replyMessage: await insertReply(ctx, turn, input, now) })

  const placed = await moveTurn(ctx, turnId, { kind: 'place' }, now)
  const started = await startNext(ctx, placed.thread, now)
  return started?._id === turnId ? started : placed
}
