'use client'
// A pane is taken by its bar and put where the mark is; a thread from the list is put between panes in the same way. By keyboard the
// buttons of the bar do it.
import { type RefObject, useEffect, useRef, useState } from 'react'
import { dropPane, gapAt } from './paneDrop.ts'
import { idOfPane, type Pane, printLayout } from './paneRoute.ts'
import { goTo } from './threadRoute.ts'
import type { Panes } from './usePanes.ts'

export type PaneDragProps = { row: RefObject<HTMLElement | null>; panes: Panes }

export function PaneDrag({ row, panes }: PaneDragProps) {
  /** Pixels from the left of the row. */
  const [mark, setMark] = useState<number | null>(null)
  const latest = useRef(panes)
  latest.current = panes
  useGrip(row, panes.layout)
  useEffect(() => {
    const box = row.current
    if (box === null) return
    let taken: Pane | null = null
    const take = ({ target, dataTransfer }: DragEvent) => {
      taken = target instanceof HTMLElement ? paneOf(target, latest.current) : null
      // Some browsers drag nothing that carries nothing.
      if (taken !== null) dataTransfer?.setData('application/x-nightshift-pane', idOfPane(taken))
    }
    const aim = (event: DragEvent) => {
      if (taken === null) return null
      const boxes = [...box.querySelectorAll('[data-pane]')].map((pane) => pane.getBoundingClientRect())
      const gap = gapAt(boxes, event.clientX)
      const next = dropPane(latest.current, taken, gap)
      // Also where it would change nothing: what is below, a composer perhaps, would take it as words.
      event.preventDefault()
      const { left, width } = box.getBoundingClientRect()
      const edge = boxes[gap]?.left ?? left + width
      return next && { next, left: Math.min(Math.max(edge - left, 2), width - 2) }
    }
    const over = (event: DragEvent) => setMark(aim(event)?.left ?? null)
    const leave = ({ relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && box.contains(relatedTarget))) setMark(null)
    }
    const drop = (event: DragEvent) => {
      const next = aim(event)?.next
      end()
      if (next === undefined) return
      const { layout, focus } = latest.current
      const isMoved = next.layout.panes.length === layout.panes.length
      focus(next.focusId)
      goTo(printLayout(next.layout), isMoved ? 'replace' : 'push', printLayout(layout))
    }
    const end = () => {
      taken = null
      setMark(null)
    }
    document.addEventListener('dragstart', take)
    document.addEventListener('dragend', end)
    box.addEventListener('dragover', over)
    box.addEventListener('dragleave', leave)
    box.addEventListener('drop', drop)
    return () => {
      document.removeEventListener('dragstart', take)
      document.removeEventListener('dragend', end)
      box.removeEventListener('dragover', over)
      box.removeEventListener('dragleave', leave)
      box.removeEventListener('drop', drop)
    }
  }, [row])
  if (mark === null) return null
  return (
    <div
      data-drop-mark
      aria-hidden="true"
      style={{ left: mark }}
      className="pointer-events-none absolute inset-y-0 z-20 w-1 -translate-x-1/2 rounded-full bg-lamp"
    />
  )
}

/** Only while there is another place to put it. */
function useGrip(row: RefObject<HTMLElement | null>, layout: Panes['layout']) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other panes have other bars
  useEffect(() => {
    const bars = [...(row.current?.querySelectorAll<HTMLElement>('[data-pane] > header') ?? [])]
    for (const bar of bars) bar.draggable = true
    return () => {
      for (const bar of bars) bar.draggable = false
    }
  }, [row, layout])
}

/** What was taken hold of: a pane by its bar, or a thread of the list. */
function paneOf(target: HTMLElement, { layout }: Panes): Pane | null {
  const { threadId } = target.dataset
  if (target instanceof HTMLAnchorElement && threadId !== undefined) return { kind: 'thread', threadId }
  const id = target.matches('header') ? target.closest<HTMLElement>('[data-pane]')?.dataset['pane'] : undefined
  return layout.panes.find((pane) => idOfPane(pane) === id) ?? null
}
