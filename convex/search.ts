/** Search over one's own chats. */
import { v } from 'convex/values'
import { personQuery } from './asPerson.ts'
import { typedWords } from './decisions/searchWords.ts'
import { findHits, hitValidator } from './rows/searchMessages.ts'
import { searchTitles, titleHitValidator } from './rows/searchTitles.ts'

/** While somebody types: names of chats and words in them, best first, at most 50 of each. The last word may be a beginning. */
export const everything = personQuery({
  args: { query: v.string(), limit: v.optional(v.number()) },
  returns: v.object({ threads: v.array(titleHitValidator), messages: v.array(hitValidator) }),
  handler: async (ctx, { query, limit = 10 }) => {
    const words = typedWords(query)
    const threads = await searchTitles(ctx, ctx.ownerId, words, limit)
    return { threads, messages: await findHits(ctx, ctx.ownerId, words, limit) }
  },
})
