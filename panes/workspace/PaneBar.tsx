// What stands above a pane or a place: its title, and what can be done with it.
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { strings } from '../../components/strings.ts'

type PaneBarProps = {
  title: string
  /** The focused pane, or the place, is what the page is about. */
  level: 'h1' | 'h2'
  /** One of several, and not the one that has the focus. */
  isQuiet?: boolean
  /** Where there is no room for the column of threads: the way to them. */
  before?: ReactNode
  children?: ReactNode
}

export function PaneBar({ title, level: Heading, isQuiet = false, before, children }: PaneBarProps) {
  return (
    <header className="group/bar @container flex h-14 shrink-0 items-center gap-0.5 px-2 pt-[var(--safe-top)] [&[draggable=true]]:cursor-grab sm:px-3">
      {before}
      <Heading
        dir="auto"
        className={clsx('min-w-0 flex-1 truncate px-2 text-[0.9375rem] font-medium', isQuiet && 'text-soft')}
        title={title === '' ? undefined : title}
      >
        {title === '' ? <span className="sr-only">{strings.product}</span> : title}
      </Heading>
      {children}
    </header>
  )
}
