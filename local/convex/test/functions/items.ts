// A list read page by page.
import { mutationGeneric, paginationOptsValidator, queryGeneric } from 'convex/server'
import { v } from 'convex/values'

export const page = queryGeneric({
  args: { list: v.string(), paginationOpts: paginationOptsValidator },
  handler: (ctx, { list, paginationOpts }) =>
    ctx.db
      .query('items')
      .withIndex('by_list', (q) => q.eq('list', list))
      .paginate(paginationOpts),
})

export const add = mutationGeneric({
  args: { list: v.string(), positions: v.array(v.number()) },
  handler: async (ctx, { list, positions }) => {
    for (const position of positions) await ctx.db.insert('items', { list, position })
    return null
  },
})
