/** A thread as lists show it: from its own row alone, so that a list reads no more rows than it shows. */
import type { Doc } from '../_generated/dataModel.js'
import { present } from '../decisions/present.ts'
import type { ThreadRow } from '../validators.ts'

export function threadRow(thread: Doc<'threads'>): ThreadRow {
  return {
    ...present(thread, ['threadId', 'title', 'status', 'lastActivityAt', 'createdAt', 'pinnedAt']),
    isUnread: thread.unreadAt !== undefined,
    isShared: thread.shareId !== undefined,
  }
}
