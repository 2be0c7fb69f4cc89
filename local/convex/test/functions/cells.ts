// Named values: enough to write, watch, fail and race.
import { actionGeneric, internalQueryGeneric, mutationGeneric, queryGeneric } from 'convex/server'
import { ConvexError, v } from 'convex/values'

export const get = queryGeneric({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    const cell = await ctx.db
      .query('cells')
      .withIndex('by_name', (q) => q.eq('name', name))
      .unique()
    return cell?.['value'] ?? null
  },
})

export const set = mutationGeneric({
  args: { name: v.string(), value: v.any() },
  handler: async (ctx, { name, value }) => {
    const cell = await ctx.db
      .query('cells')
      .withIndex('by_name', (q) => q.eq('name', name))
      .unique()
    if (cell) await ctx.db.patch(cell._id, { value })
    else await ctx.db.insert('cells', { name, value })
    return value
  },
})

export const increment = mutationGeneric({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    const cell = await ctx.db
      .query('cells')
      .withIndex('by_name', (q) => q.eq('name', name))
      .unique()
    const value = Number(cell?.['value'] ?? 0) + 1
    if (cell) await ctx.db.patch(cell._id, { value })
    else await ctx.db.insert('cells', { name, value })
    return value
  },
})

export const echo = queryGeneric({ args: { value: v.any() }, handler: (_ctx, { value }) => value })

export const nothing = mutationGeneric({ args: {}, handler: () => null })

export const text = queryGeneric({
  args: { length: v.number() },
  handler: (_ctx, { length }) => 'é漢🎉x'.repeat(Math.ceil(length / 5)),
})

export const refuse = mutationGeneric({
  args: {},
  handler: () => {
    throw new ConvexError({ code: 'refused', n: 1n })
  },
})

export const crash = queryGeneric({
  args: {},
  handler: () => {
    throw new Error('an ordinary error')
  },
})

/** Fails while the cell says so. */
export const fragile = queryGeneric({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    const cell = await ctx.db
      .query('cells')
      .withIndex('by_name', (q) => q.eq('name', name))
      .unique()
    if (cell?.['value'] === 'broken') throw new ConvexError('broken')
    return cell?.['value'] ?? null
  },
})

export const secret = internalQueryGeneric({ args: {}, handler: () => 'internal' })

export const who = queryGeneric({ args: {}, handler: (ctx) => ctx.auth.getUserIdentity() })

export const whoWrites = mutationGeneric({
  args: {},
  handler: async (ctx) => (await ctx.auth.getUserIdentity())?.subject ?? null,
})

export const shout = actionGeneric({ args: { text: v.string() }, handler: (_ctx, args) => args.text.toUpperCase() })

export const logs = queryGeneric({
  args: {},
  handler: () => {
    console.log('hello', { a: 1 })
    return 1
  },
})
