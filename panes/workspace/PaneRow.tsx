'use client'
// The open panes side by side; where there is no room, the focused one.
import { clsx } from 'clsx'
import { type CSSProperties, type ReactNode, Suspense, useMemo, useRef } from 'react'
import { lazyPart } from '../../components/lazyPart.tsx'
import type { ThreadSight } from '../chat/threadSight.ts'
import { PaneStrip } from './PaneStrip.tsx'
import { idOfPane, type Pane } from './paneRoute.ts'
import { useKeptPlaces } from './useKeptPlaces.ts'
import type { Panes } from './usePanes.ts'

const ManyPanes = lazyPart(() => import('./ManyPanes.tsx').then((many) => many.ManyPanes))

type PaneRowProps = {
  panes: Panes
  isReady: boolean
  isWide: boolean
  sights: readonly ThreadSight[]
  draw: (pane: Pane) => ReactNode
}

export function PaneRow({ panes, isReady, isWide, sights, draw }: PaneRowProps) {
  const { layout, focusId, resize } = panes
  const row = useRef<HTMLDivElement>(null)
  const count = layout.panes.length
  const widths = useMemo(() => layout.widths ?? layout.panes.map(() => 100 / layout.panes.length), [layout])
  useKeptPlaces(row, layout.panes.map(idOfPane).join())
  return (
    <>
      <PaneStrip panes={panes} isReady={isReady} sights={sights} />
      {/* The strip above keeps clear of the screen's edge already. */}
      <div
        className={clsx(
          'thin-scroll flex min-h-0 flex-1 flex-col overflow-x-auto overflow-y-hidden',
          count > 1 && 'max-lg:[--safe-top:0px]',
        )}
      >
        <div
          ref={row}
          style={columnsOf(widths)}
          className="relative grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] lg:min-w-[calc(var(--count)*18rem)] lg:grid-cols-(--columns)"
        >
          {(isWide ? layout.panes : layout.panes.filter((pane) => idOfPane(pane) === focusId)).map(draw)}
          {isWide && count > 1 ? (
            <Suspense>
              <ManyPanes
                key={count}
                row={row}
                panes={panes}
                widths={widths}
                isReady={isReady}
                sights={sights}
                // Only the stylesheet is told while a handle is dragged: nothing is drawn anew until it is let go.
                preview={(next) => row.current?.style.setProperty('--columns', columnList(next))}
                resize={resize}
              />
            </Suspense>
          ) : null}
        </div>
      </div>
    </>
  )
}

const columnList = (widths: readonly number[]) => widths.map((width) => `minmax(0, ${width}fr)`).join(' ')

const columnsOf = (widths: readonly number[]): CSSProperties & Record<`--${string}`, string> => ({
  '--columns': columnList(widths),
  '--count': String(widths.length),
})
