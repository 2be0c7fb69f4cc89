// Where a notice leads: a message of a thread; as an address, and as the service worker hands it to a tab. Pure.
import { isClientId } from '../../lib/chat/messageLimits.ts'

/** `messageId` null: the thread is all that is known. */
export type NoticePlace = { threadId: string; messageId: string | null }

/** What the worker posts to a tab. */
export const OPEN_PLACE = 'nightshift:open-place'

const before = '#message-'
/** Ids of replies are the database's, ids of what people wrote are UUIDs: both are of these signs alone. */
const messageIdShape = /^[0-9a-zA-Z-]{1,64}$/

export const addressOf = ({ threadId, messageId }: NoticePlace): string =>
  `/chat/${threadId}${messageId === null ? '' : before + messageId}`

/** Null: the address names no message. */
export function parseMessageHash(hash: string): string | null {
  const messageId = hash.startsWith(before) ? hash.slice(before.length) : ''
  return messageIdShape.test(messageId) ? messageId : null
}

/** Data of a notice, or of a message between pages: whatever is no place is null. */
export function parsePlace(data: unknown): NoticePlace | null {
  if (typeof data !== 'object' || data === null || !('threadId' in data)) return null
  const { threadId } = data
  if (typeof threadId !== 'string' || !isClientId(threadId)) return null
  const messageId = 'messageId' in data && typeof data.messageId === 'string' ? data.messageId : null
  return { threadId, messageId: messageId !== null && messageIdShape.test(messageId) ? messageId : null }
}
