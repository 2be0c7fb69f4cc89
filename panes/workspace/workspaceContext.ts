'use client'
// What every part of the page may ask of the panes: open, open beside, close, begin anew.
import { createContext, useContext } from 'react'
import type { Pane } from './paneRoute.ts'

/** Puts the panes as they were before the closing. False: they are others by now, and stay. */
export type Reopen = () => boolean

export type WorkspaceWays = {
  /** In the focused pane, or in the one it is in already. */
  open: (threadId: string) => void
  /** Right of the focused pane; on a phone, over it: Back closes it again. */
  openBeside: (pane: Pane) => void
  /** Null: it was not open. */
  close: (pane: Pane) => Reopen | null
  startNew: () => void
  /** Null: a chat that has no address yet, a job, or another place. */
  focusedThreadId: string | null
  /** There is room for panes side by side (64rem). */
  isWide: boolean
}

const nothing = () => {}

/** Parts that are shown without a workspace (fixtures, a shared thread) open nothing. */
const outside: WorkspaceWays = {
  open: nothing,
  openBeside: nothing,
  close: () => null,
  startNew: nothing,
  focusedThreadId: null,
  isWide: true,
}

export const WorkspaceContext = createContext<WorkspaceWays>(outside)

export const useWorkspace = (): WorkspaceWays => useContext(WorkspaceContext)
