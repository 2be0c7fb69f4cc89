'use client'
// Where there is room for one pane: which others are open, and the way to them.
import { clsx } from 'clsx'
import { strings } from '../../components/strings.ts'
import type { ThreadSight } from '../chat/threadSight.ts'
import { idOfPane, type Pane } from './paneRoute.ts'
import type { Panes } from './usePanes.ts'
import { nameOfPane, useThreadTitle } from './useThreadTitle.ts'

type PaneStripProps = { panes: Panes; isReady: boolean; sights: readonly ThreadSight[] }

export function PaneStrip({ panes, isReady, sights }: PaneStripProps) {
  const open = panes.layout.panes
  if (open.length < 2) return null
  return (
    <nav
      aria-label={strings.panes.name}
      className="flex shrink-0 gap-1 border-b border-line px-2 pt-[calc(var(--safe-top)+0.375rem)] pb-1.5 lg:hidden"
    >
      {open.map((pane) => (
        <StripButton
          key={idOfPane(pane)}
          pane={pane}
          isCurrent={idOfPane(pane) === panes.focusId}
          show={() => panes.focus(idOfPane(pane))}
          isReady={isReady}
          sights={sights}
        />
      ))}
    </nav>
  )
}

type StripButtonProps = {
  pane: Pane
  isCurrent: boolean
  show: () => void
  isReady: boolean
  sights: readonly ThreadSight[]
}

function StripButton({ pane, isCurrent, show, isReady, sights }: StripButtonProps) {
  const title = useThreadTitle(pane, isReady, sights)
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'true' : undefined}
      onClick={show}
      className={clsx(
        'min-h-11 min-w-0 flex-1 truncate rounded-lg px-3 text-sm transition-colors hover:bg-hover',
        isCurrent ? 'bg-bubble font-medium' : 'text-soft',
      )}
    >
      {nameOfPane(pane, title)}
    </button>
  )
}
