/** The test functions, as a generated `api` would name them. */
import { type ApiFromModules, anyApi } from 'convex/server'
import type * as cellsModule from './functions/cells.ts'
import type * as itemsModule from './functions/items.ts'
import type * as notesModule from './functions/notes.ts'

// anyApi makes a reference of any path; the cast only gives those of `functions/` their types.
export const { cells, items, notes } = anyApi as unknown as ApiFromModules<{
  cells: typeof cellsModule
  items: typeof itemsModule
  notes: typeof notesModule
}>
