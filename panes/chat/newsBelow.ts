// Whether something new is at the end of a conversation since its reader left it there. Pure.
import type { ConversationItem } from './mergeConversation.ts'

/** `elsewhere`: what stood at the end is no longer here, since another version is shown; nothing can be said. */
type News = 'none' | 'some' | 'elsewhere'

/**
 * A reply that came below what was the end, or one that was being written then and has ended, if not by Stop. What comes in above, and what
 * the person writes, is no news.
 */
export function newsBelow(left: readonly ConversationItem[], items: readonly ConversationItem[]): News {
  const lastId = left.at(-1)?.messageId
  const at = items.findLastIndex(({ messageId }) => messageId === lastId)
  if (at === -1) return 'elsewhere'
  if (items.slice(at + 1).some((item) => statusOf(item) !== null)) return 'some'
  const running = new Set(left.filter(isRunning).map(({ messageId }) => messageId))
  const hasEnded = items.some(
    (item) => running.has(item.messageId) && !isRunning(item) && statusOf(item) !== 'cancelled',
  )
  return hasEnded ? 'some' : 'none'
}

const isRunning = (item: ConversationItem) => statusOf(item) === 'processing'

/** Null: it is no reply. */
const statusOf = (item: ConversationItem) =>
  item.kind === 'message' && item.message.role === 'assistant' ? item.message.status : null
