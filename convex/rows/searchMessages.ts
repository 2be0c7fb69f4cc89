/** Full-text search over a person's own settled messages. */
import { v } from 'convex/values'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { searchWords } from '../decisions/searchWords.ts'
import { snippetOf } from '../decisions/snippetOf.ts'

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

/** Best first. What lies in a thread that is being deleted is left out. */
export async function searchMessages(
  ctx: QueryCtx,
  ownerId: string,
  query: string,
  limit: number,
): Promise<(typeof hitValidator.type)[]> {
  const words = searchWords(query)
  if (words === '') return []
  const rows = await ctx.db
    .query('searchTexts')
    .withSearchIndex('search_text', (q) => q.search('text', words).eq('ownerId', ownerId))
    .take(Math.max(1, Math.min(mostHits, Math.floor(limit) || 1)))
  const threads = await threadsOf(ctx, rows)
  return rows.flatMap(({ thread, messageId, role, text, at }) => {
    const found = threads.get(thread)
    if (!found) return []
    const { threadId, title } = found
    return [{ threadId, threadTitle: title, messageId, role, snippet: snippetOf(text, words), at }]
  })
}

async function threadsOf(
  ctx: QueryCtx,
  rows: readonly Doc<'searchTexts'>[],
): Promise<Map<Id<'threads'>, Doc<'threads'>>> {
  const threads = new Map<Id<'threads'>, Doc<'threads'>>()
  for (const id of new Set(rows.map(({ thread }) => thread))) {
    const thread = await ctx.db.get(id)
    if (thread) threads.set(id, thread)
  }
  return threads
}
