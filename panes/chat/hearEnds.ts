// Which replies have ended since the conversation was last looked at, in words for ears. Pure.
import type { TailMessage } from '../../convex/validators.ts'
import type { ConversationItem } from './mergeConversation.ts'
import { announceEnd } from './statusWords.ts'

/** Replies that are being made, and the person's own messages that have no reply yet: by id. */
export type Awaited = ReadonlySet<string>

/** The same words said of another reply are news: `key` tells them apart. */
export type Said = { key: string; words: string }

/**
 * `said` null: nothing has ended. The next reply may begin in the very change in which one ends, and hushes nothing. What is no longer
 * here (another version is shown) is not waited for.
 */
export function hearEnds(
  awaited: Awaited,
  items: readonly ConversationItem[],
): { awaited: Awaited; said: Said | null } {
  const ended = items.flatMap((item) => (isReply(item) && hasEnded(item.message, awaited) ? [item.message] : []))
  const words = new Set(ended.map(announceEnd).filter((each) => each !== ''))
  return {
    awaited: new Set(items.filter(isAwaited).map(({ messageId }) => messageId)),
    said:
      words.size === 0 ? null : { key: ended.map(({ messageId }) => messageId).join(' '), words: [...words].join(' ') },
  }
}

type Message = Extract<ConversationItem, { kind: 'message' }>

const isReply = (item: ConversationItem): item is Message =>
  item.kind === 'message' && item.message.role === 'assistant'

/** A short reply may be over before it was seen to begin: then the message that it answers was waited for. */
function hasEnded({ messageId, inReplyTo, status }: TailMessage, awaited: Awaited): boolean {
  if (isOpen(status)) return false
  return awaited.has(messageId) || (inReplyTo !== undefined && awaited.has(inReplyTo))
}

function isAwaited(item: ConversationItem): boolean {
  if (item.kind === 'outgoing') return item.entry.state !== 'refused'
  return isOpen(item.message.status) && item.carriesTurn
}

const isOpen = (status: TailMessage['status']) => status === 'processing' || status === 'pending'
