'use client'
// The search over everything with its data, and with what can be done. Loaded when somebody opens it.
import { useQuery } from 'convex/react'
import { api } from '../../convex/_generated/api.js'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import { PaletteView } from './PaletteView.tsx'
import { type ActId, findActs } from './paletteActions.ts'
import { seekMessage } from './soughtMessage.ts'
import { useFound } from './useFound.ts'
import { useKnownThreads } from './useKnownThreads.ts'
import { usePaletteActs } from './usePaletteActs.ts'

type PaletteBodyProps = {
  query: string
  write: (query: string) => void
  isReady: boolean
  toggleThreads: () => void
  leave: () => void
}

export default function PaletteBody({ query, write, isReady, toggleThreads, leave }: PaletteBodyProps) {
  const { focusedThreadId, isWide, open, openBeside } = useWorkspace()
  const here = useQuery(api.threads.get, isReady && focusedThreadId !== null ? { threadId: focusedThreadId } : 'skip')
  const thread = here ?? null
  const acts = usePaletteActs(thread, toggleThreads)
  const { found, isSearching } = useFound(query, isReady)
  const threads = useKnownThreads(query, found, isReady, focusedThreadId)
  const commands = findActs(query, {
    hasThread: thread !== null,
    isPinned: thread?.pinnedAt !== undefined,
    isArchived: thread?.shelf === 'archived',
    isWide,
  })
  return (
    <PaletteView
      query={query}
      write={write}
      commands={commands}
      threads={threads}
      messages={found.messages}
      isSearching={isSearching}
      isWide={isWide}
      act={(id: ActId) => {
        leave()
        acts[id]()
      }}
      show={(threadId, { isBeside, messageId }) => {
        leave()
        if (messageId !== undefined) seekMessage({ threadId, messageId })
        if (isBeside && isWide) openBeside({ kind: 'thread', threadId })
        else open(threadId)
      }}
    />
  )
}
