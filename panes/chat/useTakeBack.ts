'use client'
// Taking back what this device has not sent yet.
import { useMutation } from 'convex/react'
import { useCallback } from 'react'
import { api } from '../../convex/_generated/api.js'
import { useOutbox } from './outbox/OutboxProvider.tsx'
import { mayHaveArrived, type OutboxEntry } from './outbox/outboxEntry.ts'

/** Resolves to the message if it is the person's again, to nothing if it is on its way: then it can only be stopped. */
export type TakeBack = (messageId: string) => Promise<OutboxEntry | undefined>

export function useTakeBack(): TakeBack {
  const outbox = useOutbox()
  const askToStop = useMutation(api.turns.stop)
  return useCallback(
    async (messageId) => {
      const entry = await outbox.takeBack(messageId)
      // A try without an answer may have arrived all the same: the mark is found when it begins, and it does not go out twice.
      if (entry !== undefined && mayHaveArrived(entry)) {
        askToStop({ messageId }).catch((cause: unknown) => {
          console.warn('What may have been sent before it was taken back is not stopped.', cause)
        })
      }
      return entry
    },
    [outbox, askToStop],
  )
}
