'use client'
// The open panes: what the address says, and which of them has the focus. Every change is a new address; Back undoes it.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { createId } from '../chat/createId.ts'
import { keepLastLayout, readLastLayout } from './lastLayout.ts'
import {
  closePane,
  type Focused,
  focusNext,
  idOfPane,
  type Layout,
  movePane,
  openBeside,
  openPane,
  type Pane,
  parseLayout,
  placeOfPane,
  printLayout,
} from './paneRoute.ts'
import { goBackTo, goTo, type Place, placeOf, useAddress } from './threadRoute.ts'
import type { Reopen } from './workspaceContext.ts'

export type Panes = {
  place: Place
  layout: Layout
  focusId: string
  /** Counts how often the focus was sent somewhere: the pane that has it takes the keyboard. */
  asked: number
  open: (pane: Pane) => void
  openBeside: (pane: Pane) => void
  startNew: () => void
  /** A new chat right of the focused pane. */
  split: () => void
  /** Null: it was not open. */
  close: (id: string) => Reopen | null
  move: (id: string, by: -1 | 1) => void
  resize: (widths: readonly number[]) => void
  focus: (id: string) => void
  focusNext: (by: -1 | 1) => void
  /** The new chat has its first message: it gets its address. */
  begin: (threadId: string) => void
}

/** Panes that had the focus, the last one first: when the focused pane is gone, the one before has it again. */
const MOST_RECENT = 8

export function usePanes(ownerId: string): Panes {
  const { place, layout, newId, renewId } = useLayout(ownerId)
  const [recent, setRecent] = useState<readonly string[]>([])
  const [asked, ask] = useState(0)
  const focusId = findFocus(layout, recent)

  const now = useRef({ focused: { layout, focusId }, place, newId })
  now.current = { focused: { layout, focusId }, place, newId }
  const focus = useCallback((id: string) => {
    setRecent((ids) => (ids[0] === id ? ids : [id, ...ids.filter((other) => other !== id)].slice(0, MOST_RECENT)))
  }, [])

  const ways = useMemo(() => {
    const show = (next: Focused, how: 'push' | 'replace' = 'push') => {
      const { focused, place } = now.current
      focus(next.focusId)
      // Who moves or resizes a pane stays on the handle.
      if (how === 'push') ask((count) => count + 1)
      const [from, to] = [printLayout(focused.layout), printLayout(next.layout)]
      if (place !== 'chat' || from !== to) goTo(to, how, from)
    }
    const newPane = (): Pane => ({ kind: 'new', threadId: now.current.newId })
    return {
      open: (pane: Pane) => show(openPane(now.current.focused, pane)),
      openBeside: (pane: Pane) => show(openBeside(now.current.focused, pane)),
      startNew: () => show(openPane(now.current.focused, newPane())),
      split: () => show(openBeside(now.current.focused, newPane())),
      close: (id: string) => {
        // Whoever deletes a thread need not know whether it is open.
        const before = now.current.focused
        if (placeOfPane(before.layout, id) === -1) return null
        const next = closePane(before, id, now.current.newId)
        const rest = printLayout(next.layout)
        if (goBackTo(rest)) {
          focus(next.focusId)
          ask((count) => count + 1)
        } else show(next)
        return () => {
          const { place, focused } = now.current
          if (place !== 'chat' || printLayout(focused.layout) !== rest) return false
          show({ layout: before.layout, focusId: before.focusId === id ? id : focused.focusId })
          return true
        }
      },
      move: (id: string, by: -1 | 1) => show(movePane(now.current.focused, id, by), 'replace'),
      resize: (widths: readonly number[]) => {
        const { layout, focusId } = now.current.focused
        show({ layout: { ...layout, widths }, focusId }, 'replace')
      },
      focus,
      focusNext: (by: -1 | 1) => show(focusNext(now.current.focused, by)),
      begin: (threadId: string) => {
        const { layout } = now.current.focused
        const begun: Pane = { kind: 'thread', threadId }
        const panes = layout.panes.map((pane) => (pane.kind === 'new' && pane.threadId === threadId ? begun : pane))
        // In place: going back must not lead to an empty chat that is this one. The next new chat is another.
        goTo(printLayout({ ...layout, panes }), 'replace')
        renewId()
      },
    }
  }, [focus, renewId])
  return useMemo(() => ({ place, layout, focusId, asked, ...ways }), [place, layout, focusId, asked, ways])
}

function findFocus(layout: Layout, recent: readonly string[]): string {
  const [first] = layout.panes
  const id = recent.find((each) => placeOfPane(layout, each) !== -1)
  if (id !== undefined) return id
  return first === undefined ? '' : idOfPane(first)
}

/** In another place than the chat the panes of before stay in mind: whoever opens a thread from there finds them again. */
function useLayout(ownerId: string) {
  const address = useAddress()
  const [newId, setNewId] = useState(createId)
  const [path = ''] = address.split('?')
  const place = placeOf(path)
  const lastChat = useRef<string | null>(null)
  if (place === 'chat' && path !== '/') lastChat.current = address

  useLayoutEffect(() => {
    if (path === '/') goTo(readLast(ownerId), 'replace')
  }, [path, ownerId])
  useEffect(() => {
    if (place !== 'chat' || path === '/') return
    withStorage((storage) => keepLastLayout(storage, ownerId, address))
  }, [place, path, address, ownerId])

  const layout = useMemo(() => {
    const chat = place === 'chat' ? address : (lastChat.current ?? readLast(ownerId))
    const [chatPath = '', search = ''] = chat.split('?')
    return parseLayout(chatPath, search, newId)
  }, [place, address, newId, ownerId])
  const renewId = useCallback(() => setNewId(createId()), [])
  return { place, layout, newId, renewId }
}

function readLast(ownerId: string): string {
  let last = '/chat'
  withStorage((storage) => {
    last = readLastLayout(storage, ownerId)
  })
  return last
}

/** Storage may be full or forbidden: then the front door leads to a new chat. */
function withStorage(use: (storage: Storage) => void): void {
  if (typeof window === 'undefined') return
  try {
    use(localStorage)
  } catch (cause) {
    console.warn('The open panes cannot be kept on this device.', cause)
  }
}
