// The tables of the functions that the network tests call.
import { defineSchema, defineTable } from 'convex/server'
import { v } from 'convex/values'

export default defineSchema({
  cells: defineTable({ name: v.string(), value: v.any() }).index('by_name', ['name']),
  items: defineTable({ list: v.string(), position: v.number() }).index('by_list', ['list', 'position']),
  notes: defineTable({ owner: v.string(), text: v.string(), hidden: v.optional(v.boolean()) }).searchIndex(
    'search_text',
    { searchField: 'text', filterFields: ['owner'] },
  ),
})
