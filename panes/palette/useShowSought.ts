'use client'
// Brings a message that was found by search into view, and loads earlier messages until it is there.
import { useEffect } from 'react'
import type { Earlier } from '../chat/EarlierMessages.tsx'
import { LONGEST_PAGE } from '../chat/lengthOfNextPage.ts'
import type { ConversationItem } from '../chat/mergeConversation.ts'
import { seekOn } from '../chat/seekOn.ts'
import { showInConversation } from '../chat/showInConversation.ts'
import { showNotice } from '../notices/showNotice.ts'
import { seekMessage, useSoughtMessage } from './soughtMessage.ts'

type Shown = { threadId: string; items: readonly ConversationItem[]; earlier: Earlier; isLoading: boolean }

export function useShowSought({ threadId, items, earlier: { state, load }, isLoading }: Shown): void {
  const messageId = useSoughtMessage(threadId)
  const isThere = messageId !== null && items.some((item) => item.messageId === messageId)
  useEffect(() => {
    if (messageId === null || isLoading) return
    // Once it is drawn, and whatever else wanted the focus has had it.
    if (isThere) requestAnimationFrame(() => requestAnimationFrame(() => showInConversation(messageId)))
    const step = seekOn(isThere, state)
    if (step === 'load') load(LONGEST_PAGE)
    else if (step !== 'wait') seekMessage(null)
    if (step === 'gone') {
      tellElsewhere(threadId).catch((cause: unknown) =>
        console.warn(
          `Message ${messageId} is in another version of thread ${threadId}, which could not be told.`,
          cause,
        ),
      )
    }
  }, [messageId, isThere, state, load, isLoading, threadId])
}

/** Everything of what is shown has been read: it was written in another version. */
async function tellElsewhere(threadId: string) {
  const { paletteStrings } = await import('../../components/strings/palette.ts')
  showNotice(`sought:${threadId}`, { tone: 'quiet', words: paletteStrings.elsewhere })
}
