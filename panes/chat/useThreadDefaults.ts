'use client'
// How a thread is set, for messages that say nothing themselves: which version is shown, what becomes of a message while a reply is made,
// which model answers.
import { useMutation, useQuery } from 'convex/react'
import { useCallback } from 'react'
import { useModels } from '../../components/BrowserSettings.tsx'
import { api } from '../../convex/_generated/api.js'
import type { Policy } from '../../convex/validators.ts'

export type ThreadDefaults = {
  /** False: nothing of it is saved yet, so nothing can be set. */
  isSaved: boolean
  branch: string | null
  policy: Policy
  /** Its own model; null: as the person's settings say. */
  model: string | null
  /** The one that answers when a message says nothing. */
  defaultModel: string
  setModel: (model: string | null) => Promise<null>
}

export function useThreadDefaults(threadId: string, isReady: boolean): ThreadDefaults {
  const thread = useQuery(api.threads.get, isReady ? { threadId } : 'skip')
  const preferences = useQuery(api.preferences.get, isReady ? {} : 'skip')
  const [first] = useModels()
  const changeModel = useMutation(api.threads.setModel)
  const model = thread?.model ?? null
  return {
    isSaved: thread !== undefined && thread !== null,
    branch: thread?.branch ?? null,
    policy: thread?.policy ?? 'queue',
    model,
    defaultModel: model ?? preferences?.model ?? first?.id ?? '',
    setModel: useCallback((to: string | null) => changeModel({ threadId, model: to }), [changeModel, threadId]),
  }
}
