'use client'
// The conversation of a pane, with what the workspace knows about it.
import { useCallback, useMemo } from 'react'
import { strings } from '../../components/strings.ts'
import { ChatPane } from '../chat/ChatPane.tsx'
import type { OpenedThread } from '../chat/openedThread.ts'
import type { ThreadSight } from '../chat/threadSight.ts'
import type { InboxData } from '../inbox/useInbox.ts'
import { showNotice } from '../notices/showNotice.ts'
import { isKeyboardFree } from './isKeyboardFree.ts'
import { idOfPane, type Pane } from './paneRoute.ts'
import type { Panes } from './usePanes.ts'
import { useSeen } from './useSeen.ts'
import { useWorkspace } from './workspaceContext.ts'

type ThreadViewProps = {
  pane: Exclude<Pane, { kind: 'job' }>
  ownerId: string
  isReady: boolean
  panes: Panes
  inbox: InboxData | null
  sights: readonly ThreadSight[]
}

export function ThreadView({ pane, ownerId, isReady, panes, inbox, sights }: ThreadViewProps) {
  const { threadId } = pane
  const { begin, open, openBeside } = panes
  const { isWide } = useWorkspace()
  useSeen(threadId, isReady)
  const listedWaits = useMemo(() => inbox?.waits.filter((wait) => wait.threadId === threadId) ?? [], [inbox, threadId])
  const onBegin = useCallback(() => begin(threadId), [begin, threadId])
  const paneId = idOfPane(pane)
  const isFocused = panes.focusId === paneId
  const onOpened = useCallback(
    (opened: OpenedThread) => {
      const say = strings.openedThread
      const name = opened.title === '' ? strings.threads.untitled : opened.title
      const there: Pane = { kind: 'thread', threadId: opened.threadId }
      const goes = isFocused && isKeyboardFree()
      if (goes) open(there)
      showNotice(`opened:${opened.threadId}`, {
        tone: 'quiet',
        words: goes ? say.opened(name) : say.offered(name),
        action: goes
          ? { label: say.back, run: () => open({ kind: 'thread', threadId }) }
          : { label: say.show, run: () => (isWide ? openBeside : open)(there) },
      })
    },
    [isFocused, isWide, open, openBeside, threadId],
  )
  return (
    <ChatPane
      ownerId={ownerId}
      threadId={threadId}
      isNew={pane.kind === 'new'}
      isReady={isReady}
      isFocused={isFocused}
      sight={sights.find((sight) => sight.threadId === threadId) ?? null}
      onBegin={onBegin}
      listedWaits={listedWaits}
      onOpened={onOpened}
    />
  )
}
