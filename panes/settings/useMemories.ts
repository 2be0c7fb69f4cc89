'use client'
// The facts that are kept about the person, live, and what can be done with them.
import { useMutation, useQuery } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import { useMemo } from 'react'
import { api } from '../../convex/_generated/api.js'
import { isClientId } from '../../lib/chat/messageLimits.ts'
import { createId } from '../chat/createId.ts'

export type MemoryData = FunctionReturnType<typeof api.memories.list>[number]

export type MemoryDoings = {
  save: (fact: { key: string; text: string }) => Promise<unknown>
  remove: (fact: MemoryData) => Promise<unknown>
  bringBack: (fact: MemoryData) => Promise<unknown>
}

export function useMemories(isReady: boolean): readonly MemoryData[] | undefined {
  return useQuery(api.memories.list, isReady ? {} : 'skip')
}

export function useMemoryDoings(): MemoryDoings {
  const save = useMutation(api.memories.save)
  const remove = useMutation(api.memories.remove)
  return useMemo(
    () => ({
      save,
      remove: ({ key }) => remove({ key }),
      // A key that a tool call has made is that call's: what comes back is the person's own.
      bringBack: ({ key, text }) => save({ key: isClientId(key) ? key : createId(), text }),
    }),
    [save, remove],
  )
}
