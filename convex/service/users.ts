/** What Clerk's webhooks say about people. */
import { v } from 'convex/values'
import { serviceMutation } from './asService.ts'

export const upsert = serviceMutation({
  args: {
    userId: v.string(),
    name: v.optional(v.string()),
    email: v.optional(v.string()),
    /** Clerk's time of the change (ms): older ones are ignored. */
    updatedAt: v.number(),
  },
  returns: v.null(),
  handler: async () => {
    throw new Error('not written yet')
  },
})

/** The account was deleted: stops what runs, then removes every row of the person in batches. */
export const remove = serviceMutation({
  args: { userId: v.string() },
  returns: v.null(),
  handler: async () => {
    throw new Error('not written yet')
  },
})
