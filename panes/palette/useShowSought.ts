'use client'
// Brings a message that was found by search into view, and loads earlier messages until it is there.
import { useEffect } from 'react'
import { type Earlier, LONGEST_PAGE } from '../chat/EarlierMessages.tsx'
import type { ConversationItem } from '../chat/mergeConversation.ts'
import { showInConversation } from '../chat/showInConversation.ts'
import { showNotice } from '../workspace/showNotice.tsx'
import { seekMessage, useSoughtMessage } from './soughtMessage.ts'

type Shown = { threadId: string; items: readonly ConversationItem[]; earlier: Earlier; isLoading: boolean }

export function useShowSought({ threadId, items, earlier: { state, load }, isLoading }: Shown): void {
  const messageId = useSoughtMessage(threadId)
  const isThere = messageId !== null && items.some((item) => item.messageId === messageId)
  useEffect(() => {
    if (messageId === null || isLoading) return
    if (isThere) {
      // What this device remembers may hold more than the first live page: until that is here, it is still looked for.
      if (state !== 'unknown') seekMessage(null)
      // Once it is drawn, and whatever else wanted the focus has had it.
      requestAnimationFrame(() => requestAnimationFrame(() => showInConversation(messageId)))
    } else if (state === 'more') load(LONGEST_PAGE)
    else if (state === 'all') {
      seekMessage(null)
      void tellElsewhere(threadId)
    }
  }, [messageId, isThere, state, load, isLoading, threadId])
}

/** Everything of what is shown has been read: it was written in another version. */
async function tellElsewhere(threadId: string) {
  const { paletteStrings } = await import('../../components/strings/palette.ts')
  showNotice(`sought:${threadId}`, { tone: 'quiet', words: paletteStrings.elsewhere })
}
