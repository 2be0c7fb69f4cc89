// The outline of the page, drawn by the server before anything is known: the threads beside what is open.
import { clsx } from 'clsx'
import { PanelLeftClose } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../components/IconButton.tsx'
import { strings } from '../../components/strings.ts'
import { Wordmark } from '../../components/Wordmark.tsx'
import { PaneBar } from './PaneBar.tsx'

type FrameProps = {
  /** Below the name: threads and places. */
  side?: ReactNode
  /** At the end of the column. */
  foot?: ReactNode
  drawer?: ReactNode
  /** The column is hidden where there would be room for it. */
  isSideHidden?: boolean
  hideSide?: () => void
  children?: ReactNode
}

export function Frame(props: FrameProps) {
  const { side, foot, drawer, isSideHidden = false, hideSide, children = <PaneBar title="" level="h1" /> } = props
  return (
    <div className="flex h-dvh overflow-hidden">
      <aside
        className={clsx(
          'hidden w-[17.5rem] shrink-0 flex-col border-r border-line bg-sunken',
          !isSideHidden && 'lg:flex',
        )}
      >
        <div className="flex h-14 shrink-0 items-center justify-between pr-2 pl-6">
          <Wordmark />
          {hideSide === undefined ? null : (
            <IconButton label={strings.threads.close} onClick={hideSide}>
              <PanelLeftClose size={18} aria-hidden="true" />
            </IconButton>
          )}
        </div>
        <div className="flex min-h-0 flex-1 flex-col">{side}</div>
        {foot}
      </aside>
      {drawer}
      <main className="flex min-w-0 flex-1 flex-col">{children}</main>
    </div>
  )
}
