/** The life of a message as the database knows it, for `npm run trace`. */
import { v } from 'convex/values'
import { causeValidator, errorValidator, ledgerRowValidator, statusValidator } from '../validators.ts'
import { serviceQuery } from './asService.ts'

export const byMessage = serviceQuery({
  args: { messageId: v.string() },
  returns: v.array(
    v.object({
      ownerId: v.string(),
      threadId: v.union(v.string(), v.null()),
      messageId: v.string(),
      turnId: v.id('turns'),
      cause: causeValidator,
      state: statusValidator,
      seq: v.optional(v.number()),
      position: v.optional(v.number()),
      heldFor: v.optional(v.string()),
      epoch: v.number(),
      runId: v.optional(v.string()),
      dueBy: v.optional(v.number()),
      restarts: v.number(),
      createdAt: v.number(),
      startedAt: v.optional(v.number()),
      firstTokenAt: v.optional(v.number()),
      settledAt: v.optional(v.number()),
      chars: v.number(),
      error: v.optional(errorValidator),
      steps: v.array(ledgerRowValidator),
      owed: v.array(v.object({ eventId: v.string(), attempts: v.number(), createdAt: v.number() })),
    }),
  ),
  handler: async () => {
    throw new Error('not written yet')
  },
})
