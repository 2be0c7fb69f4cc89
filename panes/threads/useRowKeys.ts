'use client'
// The keys of the list: arrows between rows, F2 renames, Delete deletes, the right arrow leads to the row's menu. One stop of Tab in all.
import { type KeyboardEvent, useRef, useState } from 'react'
import { moveInList } from './moveInList.ts'
import type { NamedThread } from './threadRow.ts'

type Ways = {
  threads: readonly NamedThread[]
  currentId: string | null
  rename: (threadId: string) => void
  remove: (thread: NamedThread) => void
}

export function useRowKeys({ threads, currentId, rename, remove }: Ways) {
  const list = useRef<HTMLElement>(null)
  const [lastId, setLastId] = useState<string | null>(null)
  const isListed = (id: string | null) => threads.some(({ threadId }) => threadId === id)
  // Where one has been last, else what is open, else the first.
  const stopId = isListed(lastId) ? lastId : isListed(currentId) ? currentId : (threads[0]?.threadId ?? null)

  const focusRow = (threadId: string | undefined) => {
    if (threadId === undefined) return
    setLastId(threadId)
    list.current?.querySelector<HTMLElement>(`a[data-thread-id="${CSS.escape(threadId)}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null
    const at = threads.findIndex(({ threadId }) => threadId === row?.getAttribute('data-row'))
    const thread = threads[at]
    const isOnLink = event.target instanceof HTMLAnchorElement
    if (thread === undefined || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const act = actOf(event, { at, thread, isOnLink, row })
    if (act === null) return
    event.preventDefault()
    act()
  }
  type At = { at: number; thread: NamedThread; isOnLink: boolean; row: Element | null }
  const actOf = (event: KeyboardEvent, { at, thread, isOnLink, row }: At): (() => void) | null => {
    const { key, shiftKey, repeat } = event
    const menu = row?.querySelector<HTMLElement>('[aria-haspopup="menu"]')
    // An open menu has the keys to itself.
    if (menu?.getAttribute('aria-expanded') === 'true') return null
    if (key === 'ArrowLeft' && !isOnLink) return () => focusRow(thread.threadId)
    if (!isOnLink) return null
    // A key that is held walks through the list, and does nothing else over and over: the focus is on the next row by now.
    if (repeat && moveInList(key, at, threads.length) === null) return null
    if (key === 'F2') return () => rename(thread.threadId)
    if (key === 'Delete') {
      return () => {
        focusRow((threads[at + 1] ?? threads[at - 1])?.threadId)
        remove(thread)
      }
    }
    if (menu && (key === 'ContextMenu' || (key === 'F10' && shiftKey))) return () => menu.click()
    if (menu && key === 'ArrowRight') return () => menu.focus()
    const place = moveInList(key, at, threads.length)
    return place === null ? null : () => focusRow(threads[place]?.threadId)
  }
  return { list, stopId, onKeyDown, focusRow }
}
