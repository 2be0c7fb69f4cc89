/** Search over one's own chats. */
import { v } from 'convex/values'
import { personQuery } from './asPerson.ts'
import { hitValidator, searchMessages } from './rows/searchMessages.ts'

/** Best first, at most 50. */
export const messages = personQuery({
  args: { query: v.string(), limit: v.optional(v.number()) },
  returns: v.array(hitValidator),
  handler: (ctx, { query, limit = 20 }) => searchMessages(ctx, ctx.ownerId, query, limit),
})
