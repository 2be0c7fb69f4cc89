/** Facts that were saved about a person, found by words. */
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { searchWords } from '../decisions/searchWords.ts'

export async function searchMemories(
  ctx: QueryCtx,
  ownerId: string,
  text: string,
  most: number,
): Promise<Doc<'memories'>[]> {
  const words = searchWords(text)
  if (words === '') return []
  return ctx.db
    .query('memories')
    .withSearchIndex('search_text', (q) => q.search('text', words).eq('ownerId', ownerId))
    .take(most)
}

export async function newestMemories(ctx: QueryCtx, ownerId: string, most: number): Promise<Doc<'memories'>[]> {
  return ctx.db
    .query('memories')
    .withIndex('by_owner', (q) => q.eq('ownerId', ownerId))
    .order('desc')
    .take(most)
}

/** For a prompt: those that fit the words best, and the newest, which may fit without sharing a word. */
export async function chooseMemories(
  ctx: QueryCtx,
  ownerId: string,
  text: string,
): Promise<{ key: string; text: string }[]> {
  const found = await searchMemories(ctx, ownerId, text, 8)
  const newest = await newestMemories(ctx, ownerId, 4)
  const rows = new Map([...found, ...newest].map((row) => [row._id, { key: row.key, text: row.text }]))
  // 1,000 tokens of four units: a fact that does not fit is left out whole.
  let left = 4_000
  return [...rows.values()].filter((fact) => {
    if (fact.text.length > left) return false
    left -= fact.text.length
    return true
  })
}
