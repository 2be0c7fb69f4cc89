// Each new list of messages keeps the objects of the last one wherever they say the same, so that only what has changed is drawn again. Pure.
import type { ConversationItem } from './mergeConversation.ts'

export function keepSame(
  before: readonly ConversationItem[],
  after: readonly ConversationItem[],
): readonly ConversationItem[] {
  if (before === after) return before
  const known = new Map(before.map((item) => [item.messageId, item]))
  const kept = after.map((item) => {
    const old = known.get(item.messageId)
    return old !== undefined && isSame(old, item) ? old : item
  })
  return kept.length === before.length && kept.every((item, at) => item === before[at]) ? before : kept
}

/** Plain data, as the database sends it: no cycles, no classes. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))]
  return left.length === right.size && left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
}
