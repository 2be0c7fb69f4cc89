/** The order of what has not settled: running, queued, held; the user's message before the reply. */
import type { Doc } from '../_generated/dataModel.js'

type OpenRow = Pick<Doc<'messages'>, 'seq' | 'position' | 'role' | 'createdAt'>

export function compareOpen(a: OpenRow, b: OpenRow): number {
  return place(a) - place(b) || within(a) - within(b) || rank(a) - rank(b) || a.createdAt - b.createdAt
}

function place(row: OpenRow): number {
  if (row.seq !== undefined) return 0
  return row.position === undefined ? 2 : 1
}

function within(row: OpenRow): number {
  return row.seq ?? row.position ?? 0
}

function rank(row: OpenRow): number {
  return row.role === 'user' ? 0 : 1
}
