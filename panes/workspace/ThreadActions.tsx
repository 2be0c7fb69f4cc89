'use client'
// What can be done with the thread of a pane. A new chat has neither settings nor a menu: it is there with its first message.
import { useQuery } from 'convex/react'
import { api } from '../../convex/_generated/api.js'
import { ThreadSettings } from '../chat/ThreadSettings.tsx'
import { ThreadMenu } from '../threads/ThreadMenu.tsx'

export function ThreadActions({ threadId, isReady }: { threadId: string; isReady: boolean }) {
  const thread = useQuery(api.threads.get, isReady ? { threadId } : 'skip')
  if (thread === null || thread === undefined) return null
  const { title, pinnedAt, shelf } = thread
  return (
    <>
      <ThreadSettings thread={thread} />
      <ThreadMenu
        threadId={threadId}
        title={title}
        isPinned={pinnedAt !== undefined}
        isArchived={shelf === 'archived'}
      />
    </>
  )
}
