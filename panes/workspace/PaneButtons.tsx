'use client'
// What can be done with a pane as such: another one beside it, to the left, to the right, away. In a narrow bar the ways to move it show
// when the bar is pointed at or has the focus.
import { ArrowLeft, ArrowRight, Columns2, X } from 'lucide-react'
import type { ComponentProps } from 'react'
import { IconButton } from '../../components/IconButton.tsx'
import { strings } from '../../components/strings.ts'
import { MOST_PANES } from './paneRoute.ts'

type PaneButtonsProps = {
  place: number
  count: number
  split: () => void
  move: (by: -1 | 1) => void
  close: () => void
}

const say = strings.panes

export function PaneButtons({ place, count, split, move, close }: PaneButtonsProps) {
  return (
    <>
      {place === 0 ? null : (
        <Mover label={say.left} onClick={() => move(-1)}>
          <ArrowLeft size={17} aria-hidden="true" />
        </Mover>
      )}
      {place === count - 1 ? null : (
        <Mover label={say.right} onClick={() => move(1)}>
          <ArrowRight size={17} aria-hidden="true" />
        </Mover>
      )}
      {count >= MOST_PANES ? null : (
        <IconButton label={say.split} onClick={split} className="max-lg:hidden">
          <Columns2 size={17} aria-hidden="true" />
        </IconButton>
      )}
      {count === 1 ? null : (
        <IconButton label={say.close} onClick={close}>
          <X size={18} aria-hidden="true" />
        </IconButton>
      )}
    </>
  )
}

const Mover = (props: ComponentProps<typeof IconButton>) => (
  <IconButton
    {...props}
    data-mover
    className="max-lg:hidden @max-[26rem]:hidden @max-[26rem]:group-focus-within/bar:grid @max-[26rem]:group-hover/bar:grid"
  />
)
