'use client'
// Stop: shown at once, done by the database. What has not left this device comes back into the composer instead.
import { useMutation } from 'convex/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { strings } from '../../components/strings.ts'
import { api } from '../../convex/_generated/api.js'
import { type ConversationItem, findStoppable } from './mergeConversation.ts'
import { useTakeBack } from './useTakeBack.ts'

export type Stop = {
  canStop: boolean
  /** The thread is at work: what is sent now waits its turn. */
  isRunning: boolean
  /** The message whose stop has been asked for and not been seen yet. */
  stoppingId: string | null
  stop: () => void
  stopMessage: (messageId: string) => void
  stopNotice: string | null
}

export function useStop(items: readonly ConversationItem[], giveBack: (text: string, why: null) => void): Stop {
  const takeBack = useTakeBack()
  const askToStop = useMutation(api.turns.stop)
  const [stoppingId, setStoppingId] = useState<string | null>(null)
  const [stopNotice, setNotice] = useState<string | null>(null)
  const stoppable = findStoppable(items)

  // Over when another message is the one to stop, or none is.
  const latest = useRef(items)
  latest.current = items
  const isOver = stoppingId !== null && !isStillOpen(items, stoppingId)
  useEffect(() => {
    if (isOver) setStoppingId(null)
  }, [isOver])

  const stopSent = useCallback(
    (messageId: string) => {
      setStoppingId(messageId)
      askToStop({ messageId }).catch((cause: unknown) => {
        console.warn('Stop was not accepted.', cause)
        setStoppingId(null)
        setNotice(strings.errors.stopFailed)
      })
    },
    [askToStop],
  )
  const stopMessage = useCallback(
    (messageId: string) => {
      const item = latest.current.find((candidate) => candidate.messageId === messageId)
      if (item === undefined) return
      setNotice(null)
      if (item.kind !== 'outgoing' || item.entry.state !== 'waiting') stopSent(messageId)
      else {
        void takeBack(messageId).then((entry) =>
          entry === undefined ? stopSent(messageId) : giveBack(entry.text, null),
        )
      }
    },
    [takeBack, stopSent, giveBack],
  )
  const stoppableId = stoppable?.messageId
  const stop = useCallback(() => {
    if (stoppableId !== undefined) stopMessage(stoppableId)
  }, [stoppableId, stopMessage])
  const isRunning = stoppable?.kind === 'message'
  return {
    canStop: stoppable !== undefined,
    isRunning,
    stoppingId: isOver ? null : stoppingId,
    stop,
    stopMessage,
    stopNotice,
  }
}

function isStillOpen(items: readonly ConversationItem[], messageId: string): boolean {
  const item = items.find((candidate) => candidate.messageId === messageId)
  if (item === undefined) return false
  return item.kind === 'outgoing' || item.message.status === 'processing' || item.message.status === 'pending'
}
