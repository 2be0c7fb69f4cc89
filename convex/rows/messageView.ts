/** A message as people see it: the row without what is only ours. */
import { isSettled } from '../../lib/chat/messageStatus.ts'
import type { Doc } from '../_generated/dataModel.js'
import { joinText } from '../decisions/foldReply.ts'
import { present } from '../decisions/present.ts'
import { streamKey } from '../decisions/streamKey.ts'
import type { MessageView, TailMessage } from '../validators.ts'

export function messageView(row: Doc<'messages'>): MessageView {
  if (!row.turn) throw new Error(`Message ${row.messageId} has no turn: it was not saved by begin`)
  const { messageId, role, status, inngestJobId, createdAt } = row
  return {
    messageId,
    turnId: row.turn,
    role,
    status,
    inngestJobId,
    createdAt,
    text: messageText(row),
    ...present(row, shown),
    // A reply of nothing but text needs no parts once it is settled; while it runs, they are what is committed.
    ...(row.parts && row.parts.length > 0 ? { parts: row.parts } : {}),
  }
}

export function tailMessage(row: Doc<'messages'>): TailMessage {
  const isRunningReply = row.role === 'assistant' && row.status === 'processing'
  const view = messageView(row)
  return isRunningReply ? { ...view, live: { key: row.live ? streamKey(row.live) : null } } : view
}

/** The words alone, wherever the row keeps them. '' while it runs. */
export function messageText(row: Pick<Doc<'messages'>, 'status' | 'text' | 'parts'>): string {
  return isSettled(row.status) && row.parts ? joinText(row.parts) : row.text
}

const shown = [
  'seq',
  'position',
  'error',
  'detail',
  'model',
  'usage',
  'costMicros',
  'fallbacks',
  'startedAt',
  'firstTokenAt',
  'settledAt',
  'inReplyTo',
  'cause',
  'wait',
  'branch',
  'fork',
  'steer',
  'dismissed',
  'superseded',
  'retried',
] as const satisfies (keyof Doc<'messages'>)[]
