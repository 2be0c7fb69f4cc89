/** Notes to be searched: one index over a text with two filters, one over nested fields. */
import { type DataModelFromSchemaDefinition, defineSchema, defineTable, type GenericMutationCtx } from 'convex/server'
import { v } from 'convex/values'
import type { BackendOptions } from '../backend.ts'
import { createTestBackend } from '../testing.ts'

const schema = defineSchema({
  notes: defineTable({
    text: v.optional(v.union(v.string(), v.number())),
    owner: v.string(),
    tag: v.optional(v.union(v.string(), v.null())),
    inside: v.optional(v.object({ body: v.string(), kind: v.number() })),
  })
    .searchIndex('by_text', { searchField: 'text', filterFields: ['owner', 'tag'] })
    .searchIndex('by_inside', { searchField: 'inside.body', filterFields: ['inside.kind'] }),
})
type Model = DataModelFromSchemaDefinition<typeof schema>
export type Db = GenericMutationCtx<Model>['db']

/** The builder without its types, to ask for what they forbid. */
export interface Loose {
  search(field: string, words: unknown): Loose
  eq(field: string, value: unknown): Loose
}

export type NotesApp = Awaited<ReturnType<typeof startNotes>>

export async function startNotes(options: Partial<BackendOptions> = {}) {
  const app = await createTestBackend<Model>(options)
  const report = await app.backend.deploy({ modules: {}, schema })
  if (!report.ok) throw new Error(report.message)
  return {
    ...app,
    add: (texts: readonly string[], owner = 'ann') =>
      app.run(async ({ db }) => {
        for (const text of texts) await db.insert('notes', { text, owner })
      }),
    /** The texts found, in order. */
    find: (words: string, filters: Record<string, unknown> = {}) =>
      app.run(async ({ db }) => (await searchNotes(db, words, filters).collect()).map(({ text }) => text)),
    /** By an expression that the types may forbid. */
    ask: (build: (q: Loose) => Loose, index = 'by_text') =>
      app.run(async ({ db }) =>
        (
          await db
            .query('notes')
            .withSearchIndex(index as 'by_text', build as never)
            .collect()
        ).map(({ text }) => text),
      ),
  }
}

export function searchNotes(db: Db, words: string, filters: Record<string, unknown> = {}) {
  return db
    .query('notes')
    .withSearchIndex('by_text', (q) =>
      Object.entries(filters).reduce(
        (built, [field, value]) => built.eq(field as 'owner', value as string),
        q.search('text', words),
      ),
    )
}
