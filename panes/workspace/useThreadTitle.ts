'use client'
// What a pane is called. Until the live data is here, what was known of the thread before.
import { useQuery } from 'convex/react'
import { strings } from '../../components/strings.ts'
import { api } from '../../convex/_generated/api.js'
import type { ThreadSight } from '../chat/threadSight.ts'
import { useKeptTitle } from '../offline/useKeptTitle.ts'
import type { Pane } from './paneRoute.ts'

/** The thread's own title; '' while it has none. */
export function useThreadTitle(pane: Pane, isReady: boolean, sights: readonly ThreadSight[]): string {
  const threadId = pane.kind === 'thread' ? pane.threadId : null
  const thread = useQuery(api.threads.get, threadId !== null && isReady ? { threadId } : 'skip')
  const known = thread?.title ?? sights.find((sight) => sight.threadId === threadId)?.title
  const kept = useKeptTitle(known === undefined ? threadId : null)
  return known ?? kept
}

/** Never empty: panes are told apart by their names. */
export function nameOfPane(pane: Pane, title: string): string {
  if (pane.kind === 'job') return strings.panes.job
  if (pane.kind === 'new') return strings.threads.newChat
  return title === '' ? strings.threads.untitled : title
}
