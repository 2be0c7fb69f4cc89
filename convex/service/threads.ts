/** Naming a thread after its first exchange. */
import { v } from 'convex/values'
import { serviceMutation, serviceQuery } from './asService.ts'

/** Null: there is nothing to name (gone, or it has a title). */
export const forTitle = serviceQuery({
  args: { ownerId: v.string(), threadId: v.string() },
  returns: v.union(v.null(), v.object({ user: v.string(), assistant: v.string() })),
  handler: async () => {
    throw new Error('not written yet')
  },
})

/** A title the person gave is never replaced. */
export const setTitle = serviceMutation({
  args: { ownerId: v.string(), threadId: v.string(), title: v.string() },
  returns: v.object({ kind: v.union(v.literal('set'), v.literal('kept')) }),
  handler: async () => {
    throw new Error('not written yet')
  },
})
