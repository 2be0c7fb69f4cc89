'use client'
import { THEME_KEY, type ThemeChoice } from '../../components/themeChoice.ts'
// How each command of the palette is done.
import { keepChoice } from '../../components/useDeviceChoice.ts'
import { createId } from '../chat/createId.ts'
import { copyFromThread } from '../shortcuts/copyFromThread.ts'
import type { NamedThread } from '../threads/threadRow.ts'
import { useThreadDoings } from '../threads/useThreadDoings.ts'
import { goTo, INBOX_PATH, JOBS_PATH, SCHEDULES_PATH, SETTINGS_PATH } from '../workspace/threadRoute.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import { showOverlay } from './overlay.ts'
import type { ActId } from './paletteActions.ts'

/** `thread`: the one that has the focus; null: none has. */
export function usePaletteActs(thread: NamedThread | null, toggleThreads: () => void): Record<ActId, () => void> {
  const { startNew, openBeside } = useWorkspace()
  const doings = useThreadDoings()
  const choose = (theme: ThemeChoice) => () => keepChoice(THEME_KEY, theme)
  const withThread = (act: (thread: NamedThread) => void) => () => {
    if (thread !== null) act(thread)
  }
  return {
    newChat: startNew,
    newBeside: () => openBeside({ kind: 'new', threadId: createId() }),
    inbox: () => goTo(INBOX_PATH),
    schedules: () => goTo(SCHEDULES_PATH),
    jobs: () => goTo(JOBS_PATH),
    settings: () => goTo(SETTINGS_PATH),
    light: choose('light'),
    dark: choose('dark'),
    system: choose('system'),
    shortcuts: () => showOverlay({ kind: 'shortcuts' }),
    sidebar: toggleThreads,
    rename: withThread((named) => showOverlay({ kind: 'rename', ...named })),
    pin: withThread((named) => doings.pin(named, true)),
    unpin: withThread((named) => doings.pin(named, false)),
    archive: withThread((named) => doings.archive(named, true)),
    unarchive: withThread((named) => doings.archive(named, false)),
    share: withThread(({ threadId }) => showOverlay({ kind: 'share', threadId })),
    exportMarkdown: withThread((named) => doings.exportAs(named, 'markdown')),
    exportJson: withThread((named) => doings.exportAs(named, 'json')),
    copyReply: withThread(({ threadId }) => void copyFromThread(threadId, 'reply')),
    copyCode: withThread(({ threadId }) => void copyFromThread(threadId, 'code')),
    remove: withThread(doings.remove),
  }
}
