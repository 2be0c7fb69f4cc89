'use client'
// What comes with a second pane: the handles between them, and the way to put one elsewhere by its bar.
import { PaneDrag, type PaneDragProps } from './PaneDrag.tsx'
import { PaneSizes, type PaneSizesProps } from './PaneSizes.tsx'

export function ManyPanes({ row, panes, ...sizes }: PaneDragProps & Omit<PaneSizesProps, 'panes'>) {
  return (
    <>
      <PaneSizes panes={panes.layout.panes} {...sizes} />
      <PaneDrag row={row} panes={panes} />
    </>
  )
}
