'use client'
// The menu of a thread with what it does. Begins open: it is loaded because somebody has pressed the button.
import { useQuery } from 'convex/react'
import { api } from '../../convex/_generated/api.js'
import { showOverlay } from '../palette/overlay.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import type { ThreadMenuProps } from './ThreadMenu.tsx'
import { ThreadMenuItems } from './ThreadMenuItems.tsx'
import { useThreadDoings } from './useThreadDoings.ts'

export default function LiveThreadMenu(props: ThreadMenuProps) {
  const { threadId, title, tabIndex, rename = () => showOverlay({ kind: 'rename', threadId, title }) } = props
  const known = useQuery(api.threads.get, { threadId })
  const { isPinned = known?.pinnedAt !== undefined, isArchived = known?.shelf === 'archived' } = props
  const { isWide, focusedThreadId, openBeside } = useWorkspace()
  const doings = useThreadDoings()
  const thread = { threadId, title }
  const isHere = threadId === focusedThreadId
  return (
    <ThreadMenuItems
      title={title}
      isPinned={isPinned}
      isArchived={isArchived}
      tabIndex={tabIndex}
      acts={{
        openBeside: isWide && !isHere ? () => openBeside({ kind: 'thread', threadId }) : undefined,
        rename,
        pin: () => doings.pin(thread, !isPinned),
        // What is on screen would be seen again at once.
        markUnread: isHere ? undefined : () => doings.markUnread(thread),
        archive: () => doings.archive(thread, !isArchived),
        share: () => showOverlay({ kind: 'share', threadId }),
        exportMarkdown: () => doings.exportAs(thread, 'markdown'),
        exportJson: () => doings.exportAs(thread, 'json'),
        remove: () => doings.remove(thread),
      }}
    />
  )
}
