'use client'
// The chats that are called as has been typed: those of the list at once, and what the database knows besides.
import { strings } from '../../components/strings.ts'
import type { NamedThread } from '../threads/threadRow.ts'
import { useThreads } from '../threads/useThreads.ts'
import { findWords } from './findWords.ts'
import type { Found } from './useFound.ts'

const RECENT = 6
const MOST = 8

/** `hereId` is on screen: nobody is led there while nothing is typed. */
export function useKnownThreads(query: string, found: Found, isReady: boolean, hereId: string | null): NamedThread[] {
  const { pinned, threads } = useThreads(isReady)
  const near = findWords([...pinned, ...threads], query, ({ title }) => ({ name: title || strings.threads.untitled }))
  if (query.trim() === '') return near.filter(({ threadId }) => threadId !== hereId).slice(0, RECENT)
  const ids = new Set(near.map(({ threadId }) => threadId))
  return [...near, ...found.threads.filter(({ threadId }) => !ids.has(threadId))].slice(0, MOST)
}
