'use client'
// What lies over the page and belongs to no pane, and the keys that belong to all of it. Each part is loaded when it is asked for.
import { useQuery } from 'convex/react'
import { Suspense } from 'react'
import { lazyPart } from '../../components/lazyPart.tsx'
import { api } from '../../convex/_generated/api.js'
import { focusComposer } from '../shortcuts/focusComposer.ts'
import { type ShortcutActs, useShortcuts } from '../shortcuts/useShortcuts.ts'
import { useThreadDoings } from '../threads/useThreadDoings.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import { leaveOverlay, type Overlay, showOverlay, toggleOverlay, useOverlay } from './overlay.ts'
import { PaletteDialog } from './PaletteDialog.tsx'

const ShortcutSheet = lazyPart(() => import('../shortcuts/ShortcutSheet.tsx').then((part) => part.default))
const RenameDialog = lazyPart(() => import('../threads/RenameDialog.tsx').then((part) => part.default))
const ShareDialog = lazyPart(() => import('../share/ShareDialog.tsx').then((part) => part.ShareDialog))

type OverlaysProps = {
  isReady: boolean
  /** Shows or hides the list of threads. */
  toggleThreads: () => void
}

export function Overlays({ isReady, toggleThreads }: OverlaysProps) {
  const overlay = useOverlay()
  useShortcuts(useActs(isReady, toggleThreads))
  return (
    <>
      <PaletteDialog isReady={isReady} isOpen={overlay?.kind === 'palette'} toggleThreads={toggleThreads} />
      <Suspense>
        <Shown overlay={overlay} />
      </Suspense>
    </>
  )
}

function Shown({ overlay }: { overlay: Overlay | null }) {
  if (overlay === null) return null
  const close = () => leaveOverlay(overlay.kind)
  switch (overlay.kind) {
    case 'shortcuts':
      return <ShortcutSheet close={close} />
    case 'rename':
      return <RenameDialog key={overlay.threadId} thread={overlay} close={close} />
    case 'share':
      return <ShareDialog key={overlay.threadId} threadId={overlay.threadId} isOpen close={close} />
    case 'palette':
      return null
  }
}

function useActs(isReady: boolean, toggleThreads: () => void): ShortcutActs {
  const { startNew, focusedThreadId } = useWorkspace()
  const { remove } = useThreadDoings()
  const thread = useQuery(api.threads.get, isReady && focusedThreadId !== null ? { threadId: focusedThreadId } : 'skip')
  const copy = (what: 'reply' | 'code') => () => {
    if (focusedThreadId === null) return
    import('../shortcuts/copyFromThread.ts').then(
      ({ copyFromThread }) => copyFromThread(focusedThreadId, what),
      (cause: unknown) => console.warn('Nothing was copied: the page was renewed since it was opened.', cause),
    )
  }
  return {
    palette: () => toggleOverlay({ kind: 'palette' }),
    help: () => showOverlay({ kind: 'shortcuts' }),
    newChat: startNew,
    focusComposer,
    copyReply: copy('reply'),
    copyCode: copy('code'),
    sidebar: toggleThreads,
    deleteThread: () => {
      if (thread) remove({ threadId: thread.threadId, title: thread.title })
    },
  }
}
