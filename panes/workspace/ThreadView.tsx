'use client'
// The conversation of a pane, with what the workspace knows about it.
import { useCallback, useMemo } from 'react'
import { strings } from '../../components/strings.ts'
import { ChatPane } from '../chat/ChatPane.tsx'
import type { OpenedThread } from '../chat/openedThread.ts'
import type { ThreadSight } from '../chat/threadSight.ts'
import type { InboxData } from '../inbox/useInbox.ts'
import { showNotice } from '../notices/showNotice.ts'
import { idOfPane, type Pane } from './paneRoute.ts'
import type { Panes } from './usePanes.ts'
import { useSeen } from './useSeen.ts'

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
  const { begin, open, focus } = panes
  useSeen(threadId, isReady)
  const listedWaits = useMemo(() => inbox?.waits.filter((wait) => wait.threadId === threadId) ?? [], [inbox, threadId])
  const onBegin = useCallback(() => begin(threadId), [begin, threadId])
  const paneId = idOfPane(pane)
  const onOpened = useCallback(
    (opened: OpenedThread) => {
      focus(paneId)
      open({ kind: 'thread', threadId: opened.threadId })
      showNotice(`opened:${opened.threadId}`, {
        tone: 'quiet',
        words: strings.openedThread.opened(opened.title === '' ? strings.threads.untitled : opened.title),
        action: { label: strings.openedThread.back, run: () => open({ kind: 'thread', threadId }) },
      })
    },
    [focus, open, paneId, threadId],
  )
  return (
    <ChatPane
      ownerId={ownerId}
      threadId={threadId}
      isNew={pane.kind === 'new'}
      isReady={isReady}
      isFocused={panes.focusId === paneId}
      sight={sights.find((sight) => sight.threadId === threadId) ?? null}
      onBegin={onBegin}
      listedWaits={listedWaits}
      onOpened={onOpened}
    />
  )
}
