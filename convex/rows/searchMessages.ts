/** Full-text search over a person's own settled messages. */
import { v } from 'convex/values'
import type { QueryCtx } from '../_generated/server.js'
import { searchWords } from '../decisions/searchWords.ts'
import { snippetOf } from '../decisions/snippetOf.ts'
import { listedThreads } from './findOpen.ts'

export const hitValidator = v.object({
  threadId: v.string(),
  threadTitle: v.string(),
  messageId: v.string(),
  role: v.union(v.literal('user'), v.literal('assistant')),
  /** About 200 characters around the hit. */
  snippet: v.string(),
  at: v.number(),
})

const mostHits = 50

/** So many of each kind, whatever a caller asks for. */
export const boundHits = (limit: number) => Math.max(1, Math.min(mostHits, Math.floor(limit) || 1))

/** Best first. What lies in a thread that is removed is left out. */
export async function searchMessages(
  ctx: QueryCtx,
  ownerId: string,
  query: string,
  limit: number,
): Promise<(typeof hitValidator.type)[]> {
  return findHits(ctx, ownerId, searchWords(query), limit)
}

/** `words`: as searchWords or typedWords give them. */
export async function findHits(
  ctx: QueryCtx,
  ownerId: string,
  words: string,
  limit: number,
): Promise<(typeof hitValidator.type)[]> {
  if (words === '') return []
  const rows = await ctx.db
    .query('searchTexts')
    .withSearchIndex('search_text', (q) => q.search('text', words).eq('ownerId', ownerId))
    .take(boundHits(limit))
  const threads = listedThreads(ctx)
  const hits: (typeof hitValidator.type)[] = []
  for (const { thread, messageId, role, text, at } of rows) {
    const found = await threads(thread)
    if (!found) continue
    const { threadId, title } = found
    hits.push({ threadId, threadTitle: title, messageId, role, snippet: snippetOf(text, words), at })
  }
  return hits
}
