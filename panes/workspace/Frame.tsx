// The outline of the page, drawn by the server before anything is known: the threads beside what is open.
import type { ReactNode } from 'react'
import { Wordmark } from '../../components/Wordmark.tsx'
import { PaneBar } from './PaneBar.tsx'

type FrameProps = {
  /** Below the name: threads and places. */
  side?: ReactNode
  /** At the end of the column. */
  foot?: ReactNode
  drawer?: ReactNode
  children?: ReactNode
}

export function Frame({ side, foot, drawer, children = <PaneBar title="" level="h1" /> }: FrameProps) {
  return (
    <div className="flex h-dvh overflow-hidden">
      <aside className="hidden w-[17.5rem] shrink-0 flex-col border-r border-line bg-sunken lg:flex">
        <div className="flex h-14 shrink-0 items-center px-6">
          <Wordmark />
        </div>
        <div className="flex min-h-0 flex-1 flex-col">{side}</div>
        {foot}
      </aside>
      {drawer}
      <main className="flex min-w-0 flex-1 flex-col">{children}</main>
    </div>
  )
}
