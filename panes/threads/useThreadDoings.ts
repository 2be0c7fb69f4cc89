'use client'
// What a person can do with a thread from anywhere in the page. How it is done is loaded with the first of them.
import { useConvex } from 'convex/react'
import { useMemo } from 'react'
import { strings } from '../../components/strings.ts'
import type { ExportFormat } from '../../lib/chat/exportThread.ts'
import { showNotice } from '../notices/showNotice.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import type { NamedThread } from './threadRow.ts'

export type ThreadDoings = {
  rename: (thread: NamedThread) => void
  pin: (thread: NamedThread, isPinned: boolean) => void
  archive: (thread: NamedThread, isArchived: boolean) => void
  markUnread: (thread: NamedThread) => void
  remove: (thread: NamedThread) => void
  exportAs: (thread: NamedThread, format: ExportFormat) => void
}

type Doings = typeof import('./threadDoings.ts')

export function useThreadDoings(): ThreadDoings {
  const convex = useConvex()
  const { open, close } = useWorkspace()
  return useMemo(() => {
    const context = { convex, open, close }
    const withDoings = (act: (doings: Doings) => void) => {
      import('./threadDoings.ts').then(act, tellStale)
    }
    return {
      rename: (thread) => withDoings((doings) => doings.rename(context, thread)),
      pin: (thread, isPinned) => withDoings((doings) => doings.pin(context, thread, isPinned)),
      archive: (thread, isArchived) => withDoings((doings) => doings.archive(context, thread, isArchived)),
      markUnread: (thread) => withDoings((doings) => doings.markUnread(context, thread)),
      remove: (thread) => withDoings((doings) => doings.remove(context, thread)),
      exportAs: (thread, format) => withDoings((doings) => doings.exportAs(context, thread, format)),
    }
  }, [convex, open, close])
}

/** A tab from before a deploy asks for code that is no longer there. */
function tellStale(cause: unknown) {
  console.warn('What can be done with threads could not be loaded.', cause)
  showNotice('stale', {
    tone: 'bad',
    words: strings.stale.words,
    action: { label: strings.stale.reload, run: () => location.reload() },
  })
}
