// Where in a conversation begins what the person has not seen. Pure.
import type { ConversationItem } from './mergeConversation.ts'

/** `since` (ms): what came up to then has been seen; null: nothing is marked. Replies count: what one has written oneself is not new. */
export function markFirstNew(items: readonly ConversationItem[], since: number | null): readonly ConversationItem[] {
  if (since === null) return items
  const reply = items.findIndex(
    (item) => item.kind === 'message' && item.message.role === 'assistant' && (item.message.settledAt ?? 0) > since,
  )
  const at = beginning(items, reply, since)
  const first = items[at]
  // Where everything is new the line would say nothing.
  if (at <= 0 || first?.kind !== 'message') return items
  return items.with(at, { ...first, isFirstNew: true })
}

/** What has begun the reply without the person (a time, a schedule, an answer) belongs to it, if it came in between as well. */
function beginning(items: readonly ConversationItem[], reply: number, since: number): number {
  const before = items[reply - 1]
  const isOurs = before?.kind === 'message' && before.message.role === 'user' && before.message.cause !== undefined
  return isOurs && before.message.createdAt > since ? reply - 1 : reply
}
