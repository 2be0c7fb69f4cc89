'use client'
// What the parts of the page may ask of the panes (workspaceContext.ts), out of the panes themselves.
import { useMemo } from 'react'
import { idOfPane, type Pane } from './paneRoute.ts'
import type { Panes } from './usePanes.ts'
import type { WorkspaceWays } from './workspaceContext.ts'

export function useWays(
  { place, layout, focusId, open, openBeside, close, startNew }: Panes,
  isWide: boolean,
): WorkspaceWays {
  const focused = layout.panes.find((pane) => idOfPane(pane) === focusId)
  const focusedThreadId = place === 'chat' && focused?.kind === 'thread' ? focused.threadId : null
  return useMemo(
    () => ({
      open: (threadId: string) => open({ kind: 'thread', threadId }),
      openBeside,
      close: (pane: Pane) => close(idOfPane(pane)),
      startNew,
      focusedThreadId,
      isWide,
    }),
    [open, openBeside, close, startNew, focusedThreadId, isWide],
  )
}
