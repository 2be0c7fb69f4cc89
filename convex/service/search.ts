/** Search for the agent, over the chats of the person it works for. */
import { v } from 'convex/values'
import { hitValidator, searchMessages } from '../rows/searchMessages.ts'
import { serviceQuery } from './asService.ts'

/** `isHere`: in `threadId`, the chat that asks. */
export const messages = serviceQuery({
  args: { ownerId: v.string(), threadId: v.string(), query: v.string(), limit: v.number() },
  returns: v.array(hitValidator.extend({ isHere: v.boolean() })),
  handler: async (ctx, { ownerId, threadId, query, limit }) => {
    const hits = await searchMessages(ctx, ownerId, query, limit)
    return hits.map((hit) => ({ ...hit, isHere: hit.threadId === threadId }))
  },
})
