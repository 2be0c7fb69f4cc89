'use client'
// The handles between panes, by pointer and by keyboard. They lie over the panes and only say how wide each is: whether they are there
// or not, the panes stay the same elements, so that nothing scrolls away or is drawn anew.
import { Fragment, useEffect, useRef } from 'react'
import { Group, type GroupImperativeHandle, Panel, Separator } from 'react-resizable-panels'
import { strings } from '../../components/strings.ts'
import type { ThreadSight } from '../chat/threadSight.ts'
import type { Pane } from './paneRoute.ts'
import { nameOfPane, useThreadTitle } from './useThreadTitle.ts'

export type PaneSizesProps = {
  panes: readonly Pane[]
  widths: readonly number[]
  isReady: boolean
  sights: readonly ThreadSight[]
  /** While a handle is dragged, each time it moves. */
  preview: (widths: readonly number[]) => void
  resize: (widths: readonly number[]) => void
}

/** Pixels; in less a pane cannot be used. */
const LEAST_PX = 240
const idOf = (place: number) => `pane-size-${place}`
const layoutOf = (widths: readonly number[]) => Object.fromEntries(widths.map((width, place) => [idOf(place), width]))

export function PaneSizes({ panes, widths, isReady, sights, preview, resize }: PaneSizesProps) {
  const group = useRef<GroupImperativeHandle>(null)
  useFollow(group, widths)
  const read = (layout: Record<string, number>) => widths.map((width, place) => layout[idOf(place)] ?? width)
  return (
    <Group
      groupRef={group}
      defaultLayout={layoutOf(widths)}
      onLayoutChange={(layout) => preview(read(layout))}
      onLayoutChanged={(layout, { isUserInteraction }) => isUserInteraction && resize(read(layout))}
      className="pointer-events-none"
      style={{ position: 'absolute', inset: 0, height: 'auto', width: 'auto' }}
    >
      {panes.map((_, place) => {
        const before = panes[place - 1]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a handle belongs to a place, whichever pane is there
          <Fragment key={place}>
            {before === undefined ? null : <Handle pane={before} isReady={isReady} sights={sights} />}
            <Panel id={idOf(place)} minSize={LEAST_PX} />
          </Fragment>
        )
      })}
    </Group>
  )
}

/** A line that can be taken hold of beside it as well. */
function Handle({ pane, isReady, sights }: { pane: Pane } & Pick<PaneSizesProps, 'isReady' | 'sights'>) {
  const name = nameOfPane(pane, useThreadTitle(pane, isReady, sights))
  return (
    <Separator
      aria-label={strings.panes.resize(name)}
      className="pointer-events-auto relative z-10 -mx-1 w-2 cursor-col-resize outline-none before:absolute before:inset-y-0 before:left-0.5 before:w-1 before:rounded-full before:transition-colors hover:before:bg-soft focus-visible:before:bg-lamp data-[separator=active]:before:bg-lamp"
    />
  )
}

/** Back and forward bring other widths. What is a rounding of what is shown changes nothing. */
function useFollow(group: { current: GroupImperativeHandle | null }, widths: readonly number[]) {
  useEffect(() => {
    const shown = group.current?.getLayout() ?? {}
    const isOther = widths.some((width, place) => Math.abs((shown[idOf(place)] ?? width) - width) >= 1)
    if (isOther) group.current?.setLayout(layoutOf(widths))
  }, [group, widths])
}
