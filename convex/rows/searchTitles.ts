/** Full-text search over the names of a person's threads. */
import { v } from 'convex/values'
import type { QueryCtx } from '../_generated/server.js'
import { boundHits } from './searchMessages.ts'

export const titleHitValidator = v.object({ threadId: v.string(), title: v.string(), lastActivityAt: v.number() })

/** Best first. What was removed a moment ago is left out: a few more are read, so that it takes nobody's place. */
export async function searchTitles(
  ctx: QueryCtx,
  ownerId: string,
  words: string,
  limit: number,
): Promise<(typeof titleHitValidator.type)[]> {
  if (words === '') return []
  const most = boundHits(limit)
  const threads = await ctx.db
    .query('threads')
    .withSearchIndex('search_title', (q) => q.search('title', words).eq('ownerId', ownerId))
    .take(most + 10)
  return threads
    .filter(({ shelf }) => shelf !== 'removed')
    .slice(0, most)
    .map(({ threadId, title, lastActivityAt }) => ({ threadId, title, lastActivityAt }))
}
