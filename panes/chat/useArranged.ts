'use client'
// The thread's messages, put where they belong: the conversation of the version that is shown, the queue, and what runs elsewhere.
import { useQuery } from 'convex/react'
import { useMemo } from 'react'
import { api } from '../../convex/_generated/api.js'
import { type Arranged, arrangeConversation, type Fork } from './arrangeConversation.ts'
import { listQueue, type QueueItem } from './listQueue.ts'
import type { ConversationItem } from './mergeConversation.ts'
import type { ThreadDefaults } from './useThreadDefaults.ts'

type Besides = { threadId: string; isReady: boolean; isRunning: boolean; isOnline: boolean; settings: ThreadDefaults }

export function useArranged(
  items: readonly ConversationItem[],
  { threadId, isReady, isRunning, isOnline, settings }: Besides,
): Omit<Arranged, 'leaving'> & { queue: QueueItem[] } {
  const hasForks = items.some((item) => item.kind === 'message' && item.message.fork !== undefined)
  const forks = useQuery(api.branches.forks, isReady && hasForks ? { threadId } : 'skip')?.forks ?? none
  const { branch, policy } = settings
  return useMemo(() => {
    const arranged = arrangeConversation(items, { branch, forks, isRunning, isOnline, policy })
    const { shown, leaving, elsewhere } = arranged
    return { shown, elsewhere, queue: listQueue(items, { branch, runningBranch: findRunningBranch(items), leaving }) }
  }, [items, branch, forks, isRunning, isOnline, policy])
}

const none: readonly Fork[] = []

function findRunningBranch(items: readonly ConversationItem[]): string | null {
  const running = items.find((item) => item.kind === 'message' && item.message.status === 'processing')
  return running?.kind === 'message' ? (running.message.branch ?? 'main') : null
}
