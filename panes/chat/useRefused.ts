'use client'
// A message the server will not take as it is goes back into an empty composer, with the reason. A full one is not touched.
import { useEffect } from 'react'
import type { ConversationItem } from './mergeConversation.ts'
import { useOutbox } from './outbox/OutboxProvider.tsx'

export function useRefused(
  items: readonly ConversationItem[],
  draftText: string,
  giveBack: (text: string, why: string | null) => void,
) {
  const outbox = useOutbox()
  const refused = items.find(isRefused)
  const messageId = draftText === '' ? refused?.messageId : undefined
  useEffect(() => {
    if (messageId === undefined) return
    void outbox.takeBack(messageId).then((entry) => {
      if (entry !== undefined) giveBack(entry.text, [entry.error?.message, entry.error?.hint].filter(Boolean).join(' '))
    })
  }, [outbox, messageId, giveBack])
}

/** New words for an earlier message stay where they are until the person says what to do: in the composer they would be another message. */
function isRefused(item: ConversationItem): boolean {
  return item.kind === 'outgoing' && item.entry.state === 'refused' && item.entry.edits === undefined
}
