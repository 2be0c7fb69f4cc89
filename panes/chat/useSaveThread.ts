'use client'
// Saves what one chat has of its own: only what was changed, since another device may have changed the rest.
import { useMutation } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import { useCallback } from 'react'
import { api } from '../../convex/_generated/api.js'

export type ThreadData = NonNullable<FunctionReturnType<typeof api.threads.get>>
export type ThreadChange = Partial<Pick<ThreadData, 'instructions' | 'policy' | 'model' | 'budgetMicros'>>
export type SaveThread = (change: ThreadChange) => Promise<unknown>

export function useSaveThread(threadId: string): SaveThread {
  const setInstructions = useMutation(api.threads.setInstructions)
  const setPolicy = useMutation(api.threads.setPolicy)
  const setModel = useMutation(api.threads.setModel)
  const setBudget = useMutation(api.threads.setBudget)
  return useCallback(
    async ({ instructions, policy, model, budgetMicros }) => {
      // Each is safe to repeat: after a failure in the middle, saving again does the rest.
      if (instructions !== undefined) await setInstructions({ threadId, instructions })
      if (policy !== undefined) await setPolicy({ threadId, policy })
      if (model !== undefined) await setModel({ threadId, model })
      if (budgetMicros !== undefined) await setBudget({ threadId, budgetMicros })
    },
    [threadId, setInstructions, setPolicy, setModel, setBudget],
  )
}
