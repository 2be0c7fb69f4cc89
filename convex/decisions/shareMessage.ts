/** What a stranger may see of a message: an allowlist. What is not named here is not shown. */
import { v } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { Part } from '../validators.ts'

export const sharedPartValidator = v.union(
  v.object({ type: v.literal('text'), text: v.string() }),
  v.object({
    type: v.literal('tool'),
    name: v.string(),
    state: v.union(v.literal('running'), v.literal('done'), v.literal('failed'), v.literal('waiting')),
  }),
)
type SharedPart = typeof sharedPartValidator.type

export const sharedMessageValidator = v.object({
  role: v.union(v.literal('user'), v.literal('assistant')),
  /** When it was written, or when the reply was complete (ms). */
  at: v.number(),
  parts: v.array(sharedPartValidator),
})
export type Shared = typeof sharedMessageValidator.type

type Row = Pick<Doc<'messages'>, 'role' | 'text' | 'parts' | 'createdAt' | 'settledAt'>

/** One message, or several: what the person added to a reply while it was made stands between its parts. Nothing for one without words. */
export function shareMessage(row: Row): Shared[] {
  const at = row.role === 'user' ? row.createdAt : (row.settledAt ?? row.createdAt)
  if (!row.parts) return row.text === '' ? [] : [{ role: row.role, at, parts: [{ type: 'text', text: row.text }] }]
  const shared: Shared[] = []
  for (const part of row.parts) {
    const shown = sharePart(part)
    if (!shown) continue
    const role = part.type === 'steer' ? 'user' : row.role
    const last = shared.at(-1)
    if (last?.role === role) last.parts.push(shown)
    else shared.push({ role, at, parts: [shown] })
  }
  return shared
}

/** Of a tool its name and what became of it: what it was asked and what it found may be private. Thoughts are not shown. */
function sharePart(part: Part): SharedPart | null {
  switch (part.type) {
    case 'text':
    case 'steer':
      return part.text === '' ? null : { type: 'text', text: part.text }
    case 'tool':
      return { type: 'tool', name: part.name, state: part.state }
    case 'reasoning':
      return null
  }
}
