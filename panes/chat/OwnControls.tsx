'use client'
// What can be done with one's own message: reworded once it has begun; changed, tried or dropped while it has not left this device.
import { Pencil } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { IconButton } from '../../components/IconButton.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import type { ConversationItem } from './mergeConversation.ts'
import type { MessageDoings } from './messageDoings.ts'
import type { OutboxEntry } from './outbox/outboxEntry.ts'

/** What was refused must be changed first; what is held (a budget, a limit, no server) can be tried at once. */
export function UnsentControls({ entry, doings }: { entry: OutboxEntry; doings: MessageDoings }) {
  const { messageId, state, error } = entry
  const isHeld = state === 'waiting' && error !== undefined && error.code !== 'not-signed-in'
  if (state !== 'refused' && !isHeld) return null
  return (
    <span className="flex items-center">
      {isHeld ? <QuietButton onClick={() => doings.sendNow(messageId)}>{strings.actions.sendNow}</QuietButton> : null}
      <QuietButton onClick={() => doings.edit(messageId)}>{strings.actions.edit}</QuietButton>
      <QuietButton onClick={() => doings.discard(messageId)}>{strings.actions.discard}</QuietButton>
    </span>
  )
}

/** What was taken into a running reply has no place of its own, and what waits is reworded in the queue. */
export function mayRework(item: ConversationItem): boolean {
  if (item.kind !== 'message') return false
  const { cause, seq, status } = item.message
  return cause === undefined && seq !== undefined && status !== 'pending'
}

/** The newest that may be reworded: what ↑ opens. */
export function lastReworkable(items: readonly ConversationItem[]): string | undefined {
  const isOwn = (item: ConversationItem) => item.kind === 'message' && item.message.role === 'user' && mayRework(item)
  return items.findLast(isOwn)?.messageId
}

type ReworkButtonProps = { messageId: string; isReworked: boolean; doings: MessageDoings }

export function ReworkButton({ messageId, isReworked, doings }: ReworkButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const wasReworked = useRef(isReworked)
  // Given up: the focus goes back to where the editing began.
  useLayoutEffect(() => {
    if (wasReworked.current && !isReworked && document.activeElement === document.body) button.current?.focus()
    wasReworked.current = isReworked
  }, [isReworked])
  return (
    <IconButton ref={button} label={strings.reply.edit} onClick={() => doings.rework(messageId)} className="size-9">
      <Pencil size={15} aria-hidden="true" />
    </IconButton>
  )
}
