'use client'
// The focus stays with what was pressed when the list changes: on the same button of the moved row, or of the row that takes the place
// of one that is gone.
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'

type Kept = { id: string; act: string; at: number; rounds: number }

/** A list is drawn a few times (pressed, answered, changed) before it has settled. */
const MOST_ROUNDS = 8

/** Rows carry `data-row-id`, their buttons `data-act`. Returns what to call when one of them is pressed. */
export function useKeptFocus(
  list: RefObject<HTMLElement | null>,
  items: readonly { messageId: string }[],
  otherwise: () => void,
): (id: string, act: string) => void {
  const kept = useRef<Kept | null>(null)
  useLayoutEffect(() => {
    const { current } = kept
    if (current === null) return
    current.rounds += 1
    if (current.rounds > MOST_ROUNDS) kept.current = null
    // Whoever has moved on is not called back.
    if (document.activeElement !== document.body && document.activeElement !== null) return
    const isThere = items.some(({ messageId }) => messageId === current.id)
    const next = items[Math.min(current.at, items.length - 1)]
    const id = isThere ? current.id : next?.messageId
    const button = id === undefined ? null : findButton(list.current, id, current.act)
    if (button === null) otherwise()
    else button.focus({ preventScroll: true })
  })
  return useCallback(
    (id, act) => {
      kept.current = { id, act, at: items.findIndex(({ messageId }) => messageId === id), rounds: 0 }
    },
    [items],
  )
}

function findButton(list: HTMLElement | null, id: string, act: string): HTMLElement | null {
  const row = list?.querySelector(`[data-row-id="${CSS.escape(id)}"]`)
  return row?.querySelector<HTMLElement>(`[data-act="${act}"]`) ?? row?.querySelector<HTMLElement>('button') ?? null
}
