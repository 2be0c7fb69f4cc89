'use client'
// What the person has chosen for the next message alone; once it is sent, the thread's own settings hold again.
import { useCallback, useEffect, useState } from 'react'
import { strings } from '../../components/strings.ts'
import type { Policy } from '../../convex/validators.ts'
import { explainFailure } from './explainFailure.ts'
import type { OutboxChoices } from './outbox/outboxEntry.ts'
import type { ThreadDefaults } from './useThreadDefaults.ts'

export type Choices = {
  policy: Policy
  choosePolicy: (policy: Policy) => void
  model: string
  isModelChosen: boolean
  chooseModel: (model: string) => void
  isForThread: boolean
  setForThread: (isWanted: boolean) => void
  /** What goes out with a message that is sent now; the next one begins anew. */
  take: (isRunning: boolean) => OutboxChoices
  failure: string | null
}

export function useChoices(settings: ThreadDefaults): Choices {
  const [policy, choosePolicy] = useState<Policy | null>(null)
  const [model, setModel] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const saveModel = useCallback(
    (to: string | null) => {
      setFailure(null)
      settings.setModel(to).catch((cause: unknown) => {
        console.warn('The model of the chat was not set.', cause)
        setFailure(explainFailure(cause, strings.model.failed))
      })
    },
    [settings.setModel],
  )
  const [wanted, want] = useModelOfNewThread(settings.isSaved, saveModel)

  const shownModel = model ?? wanted ?? settings.defaultModel
  const shownPolicy = policy ?? settings.policy
  const modelOfThread = settings.isSaved ? settings.model : wanted
  const setForThread = (isWanted: boolean) => {
    const to = isWanted ? shownModel : null
    setModel(isWanted ? null : shownModel)
    if (settings.isSaved) saveModel(to)
    else want(to)
  }
  const take = (isRunning: boolean): OutboxChoices => {
    choosePolicy(null)
    setModel(null)
    const asked = model ?? wanted
    // What the person saw happens, even if another device sets the thread otherwise in between.
    return {
      ...(isRunning || policy !== null ? { policy: shownPolicy } : {}),
      ...(asked === null ? {} : { model: asked }),
    }
  }
  return {
    policy: shownPolicy,
    choosePolicy,
    model: shownModel,
    isModelChosen: shownModel !== settings.defaultModel,
    chooseModel: setModel,
    isForThread: modelOfThread === shownModel,
    setForThread,
    take,
    failure,
  }
}

/** A new chat has no row to keep its model: that is set as soon as its first message has made one. */
function useModelOfNewThread(isSaved: boolean, save: (model: string) => void) {
  const [wanted, want] = useState<string | null>(null)
  useEffect(() => {
    if (!isSaved || wanted === null) return
    save(wanted)
    want(null)
  }, [isSaved, wanted, save])
  return [wanted, want] as const
}
