/** Whether a timer may be set, and what it comes to ring. Ringing twice, late or for nothing does no harm: the row decides. */
import { v } from 'convex/values'
import { mayWait } from '../decisions/mayWait.ts'
import { findThread } from '../rows/findRows.ts'
import { ringTimer } from '../rows/ringTimer.ts'
import { serviceMutation, serviceQuery } from './asService.ts'

export const ring = serviceMutation({
  args: { kind: v.union(v.literal('wait'), v.literal('schedule')), id: v.string(), version: v.number() },
  /** `early`: by the database's clock it is `forMs` too soon. */
  returns: v.union(
    v.object({ kind: v.union(v.literal('rung'), v.literal('moved-on')) }),
    v.object({ kind: v.literal('early'), forMs: v.number() }),
  ),
  handler: (ctx, args) => ringTimer(ctx, args, Date.now()),
})

/** Whether a reply of this thread may wait for a time once more. */
export const mayBeSet = serviceQuery({
  args: { ownerId: v.string(), threadId: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { ownerId, threadId }) => {
    const thread = await findThread(ctx, ownerId, threadId)
    return thread !== null && mayWait(thread)
  },
})
