'use client'
// What a person can do to the messages of a thread, done: by the database, by the outbox, or in the composer.
import { useMutation } from 'convex/react'
import { useMemo } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { MessageDoings } from './messageDoings.ts'
import { useOutbox } from './outbox/OutboxProvider.tsx'
import { useAnswerWait } from './useAnswerWait.ts'
import type { Rework } from './useRework.ts'
import { useTakeBack } from './useTakeBack.ts'

type Ways = {
  threadId: string
  stopMessage: (messageId: string) => void
  giveBack: (text: string, why: string | null) => void
  goToComposer: () => void
} & Omit<Rework, 'reworkId'>

export function useDoings(ways: Ways): MessageDoings {
  const { threadId, stopMessage, giveBack, goToComposer, rework, saveRework, reopen } = ways
  const outbox = useOutbox()
  const takeBack = useTakeBack()
  const asked = useAsked(threadId, goToComposer)
  const answer = useAnswerWait()
  return useMemo(
    () => ({
      ...asked,
      answer,
      rework,
      stop: (messageId) => {
        stopMessage(messageId)
        goToComposer()
      },
      saveRework: (messageId, text) => {
        saveRework(messageId, text)
        goToComposer()
      },
      edit: (messageId) => {
        void takeBack(messageId).then((entry) => {
          if (entry === undefined) return
          const { edits } = entry
          if (edits === undefined || !isOnPage(edits)) giveBack(entry.text, null)
          else reopen({ ...entry, edits })
        })
      },
      sendNow: (messageId) => {
        void outbox.hurry(messageId)
        goToComposer()
      },
      discard: (messageId) => {
        void takeBack(messageId).then((entry) => entry ?? stopMessage(messageId))
        goToComposer()
      },
    }),
    [outbox, takeBack, asked, answer, rework, saveRework, reopen, stopMessage, giveBack, goToComposer],
  )
}

/** What the database is asked for. The button goes away with its answer. */
function useAsked(threadId: string, goToComposer: () => void) {
  const retry = useMutation(api.turns.retry)
  const goOn = useMutation(api.turns.continue)
  const regenerate = useMutation(api.branches.regenerate)
  const select = useMutation(api.branches.select)
  return useMemo(() => {
    const thenWrite = async (asked: Promise<unknown>) => {
      await asked
      goToComposer()
    }
    return {
      retry: (messageId: string) => thenWrite(retry({ messageId })),
      goOn: (messageId: string) => thenWrite(goOn({ messageId })),
      regenerate: (messageId: string, model: string | null) => thenWrite(regenerate({ messageId, model })),
      selectVersion: async (turnId: string) => {
        await select({ threadId, turnId })
      },
    }
  }, [threadId, retry, goOn, regenerate, select, goToComposer])
}

function isOnPage(messageId: string): boolean {
  return document.querySelector(`[data-message-id="${CSS.escape(messageId)}"]`) !== null
}
