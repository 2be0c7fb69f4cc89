// Texts to be searched.
import { mutationGeneric, paginationOptsValidator, queryGeneric } from 'convex/server'
import { v } from 'convex/values'

const words = { owner: v.string(), words: v.string() }

export const find = queryGeneric({
  args: { ...words, take: v.optional(v.number()) },
  handler: async (ctx, { owner, words, take }) => {
    const found = ctx.db
      .query('notes')
      .withSearchIndex('search_text', (q) => q.search('text', words).eq('owner', owner))
    return (await (take === undefined ? found.collect() : found.take(take))).map(({ text }) => String(text))
  },
})

export const best = queryGeneric({
  args: words,
  handler: async (ctx, { owner, words }) => {
    const found = await ctx.db
      .query('notes')
      .withSearchIndex('search_text', (q) => q.search('text', words).eq('owner', owner))
      .filter((q) => q.neq(q.field('hidden'), true))
      .first()
    return found ? String(found['text']) : null
  },
})

export const page = queryGeneric({
  args: { ...words, paginationOpts: paginationOptsValidator },
  handler: (ctx, { owner, words, paginationOpts }) =>
    ctx.db
      .query('notes')
      .withSearchIndex('search_text', (q) => q.search('text', words).eq('owner', owner))
      .paginate(paginationOpts),
})

export const add = mutationGeneric({
  args: { owner: v.string(), texts: v.array(v.string()), hidden: v.optional(v.boolean()) },
  handler: async (ctx, { owner, texts, hidden }) => {
    for (const text of texts) await ctx.db.insert('notes', { owner, text, hidden })
    return null
  },
})

export const addOne = mutationGeneric({
  args: { owner: v.string(), text: v.string() },
  returns: v.id('notes'),
  handler: (ctx, note) => ctx.db.insert('notes', note),
})

export const edit = mutationGeneric({
  args: { id: v.id('notes'), text: v.string() },
  handler: (ctx, { id, text }) => ctx.db.patch(id, { text }),
})

export const remove = mutationGeneric({ args: { id: v.id('notes') }, handler: (ctx, { id }) => ctx.db.delete(id) })

/** Writes only when nothing like it is there, as the transaction sees it; says what it sees afterwards. */
export const addOnce = mutationGeneric({
  args: { owner: v.string(), text: v.string() },
  handler: async (ctx, { owner, text }) => {
    const search = () =>
      ctx.db.query('notes').withSearchIndex('search_text', (q) => q.search('text', text).eq('owner', owner))
    if (!(await search().first())) await ctx.db.insert('notes', { owner, text })
    return (await search().collect()).length
  },
})
