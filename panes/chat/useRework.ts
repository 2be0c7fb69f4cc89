'use client'
// Rewording one's own message: which one is open, and sending the new words in its place.
import { useCallback, useState } from 'react'
import { strings } from '../../components/strings.ts'
import { createId } from './createId.ts'
import { keepDraft } from './drafts.ts'
import { useOutbox } from './outbox/OutboxProvider.tsx'
import type { OutboxEntry } from './outbox/outboxEntry.ts'

/** Drafts are kept by person and thread; a message's id is enough by itself, and whoever may not see it does not see its draft. */
export const editDrafts = 'edits'

export type Rework = {
  reworkId: string | null
  rework: (messageId: string | null) => void
  saveRework: (messageId: string, text: string) => void
  /** Words that were on their way are opened again where the message they replace stands. */
  reopen: (entry: OutboxEntry & { edits: string }) => void
}

export function useRework(threadId: string, giveBack: (text: string, why: string | null) => void): Rework {
  const outbox = useOutbox()
  const [reworkId, rework] = useState<string | null>(null)
  const saveRework = useCallback(
    (edits: string, text: string) => {
      // A reply that runs goes on from words that are being replaced.
      const kept = outbox.add({ messageId: createId(), threadId, text, edits, policy: 'interrupt' })
      kept.then(
        () => keepWords(edits, ''),
        (cause: unknown) => {
          console.warn('The new words could not be kept.', cause)
          giveBack(text, strings.composer.notKept)
        },
      )
    },
    [outbox, threadId, giveBack],
  )
  const reopen = useCallback(({ edits, text }: OutboxEntry & { edits: string }) => {
    keepWords(edits, text)
    rework(edits)
  }, [])
  return { reworkId, rework, saveRework, reopen }
}

function keepWords(messageId: string, text: string) {
  try {
    keepDraft(localStorage, { ownerId: editDrafts, threadId: messageId, text }, Date.now())
  } catch (cause) {
    console.warn('The draft cannot be kept on this device.', cause)
  }
}
