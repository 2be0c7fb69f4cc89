// Where a pane, or a thread from the list, goes when it is let go of between panes. Pure.
import { type Focused, idOfPane, MOST_PANES, movePane, type Pane, placeOfPane } from './paneRoute.ts'

/** `gap`: before the pane with this place; as many as there are panes: after the last. Null: nothing would change, or there is no room. */
export function dropPane({ layout, focusId }: Focused, pane: Pane, gap: number): Focused | null {
  const id = idOfPane(pane)
  const from = placeOfPane(layout, id)
  if (from === -1) {
    if (layout.panes.length >= MOST_PANES) return null
    return { layout: { panes: layout.panes.toSpliced(gap, 0, pane), widths: null }, focusId: id }
  }
  const by = (gap > from ? gap - 1 : gap) - from
  return by === 0 ? null : { ...movePane({ layout, focusId }, id, by), focusId: id }
}

/** The nearest gap: a pane is passed at its middle. */
export const gapAt = (boxes: readonly { left: number; width: number }[], x: number): number =>
  boxes.filter(({ left, width }) => x > left + width / 2).length
