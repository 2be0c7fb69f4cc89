'use client'
// The database's side of the queue. What this device is still sending is taken back here.
import { useMutation } from 'convex/react'
import { useMemo } from 'react'
import { api } from '../../convex/_generated/api.js'
import { useOutbox } from './outbox/OutboxProvider.tsx'
import { useTakeBack } from './useTakeBack.ts'

/** Each rejects when the database refuses: the message's reply may have been started in between. */
export type QueueDoings = {
  edit: (messageId: string, text: string) => Promise<unknown>
  /** Before another one; null: to the end. */
  move: (messageId: string, before: string | null) => Promise<unknown>
  remove: (messageId: string) => Promise<unknown>
  sendNow: (messageId: string) => Promise<unknown>
  steer: (messageId: string, isWanted: boolean) => Promise<unknown>
}

export function useQueue(): QueueDoings {
  const outbox = useOutbox()
  const takeBack = useTakeBack()
  const edit = useMutation(api.queue.edit)
  const move = useMutation(api.queue.move)
  const remove = useMutation(api.queue.remove)
  const sendNow = useMutation(api.queue.sendNow)
  const steer = useMutation(api.queue.steer)
  const stop = useMutation(api.turns.stop)
  return useMemo(
    () => ({
      edit: (messageId, text) => edit({ messageId, text }),
      move: (messageId, before) => move({ messageId, before }),
      remove: async (messageId) => {
        if (!outbox.getEntries().some((entry) => entry.messageId === messageId)) return remove({ messageId })
        // What has gone out may begin at any moment: the mark is found when it does.
        return (await takeBack(messageId)) ?? stop({ messageId })
      },
      sendNow: (messageId) => sendNow({ messageId }),
      steer: (messageId, isWanted) => steer({ messageId, steer: isWanted }),
    }),
    [outbox, takeBack, edit, move, remove, sendNow, steer, stop],
  )
}
