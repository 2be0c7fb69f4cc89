'use client'
// One pane: its bar, and a conversation or a job below it. Whoever clicks or tabs into it gives it the focus; when the focus is sent to
// it, it takes the keyboard.
import { clsx } from 'clsx'
import { type ReactNode, useEffect, useRef } from 'react'
import { PaneBoundary } from '../../components/PaneBoundary.tsx'
import { strings } from '../../components/strings.ts'
import type { ThreadSight } from '../chat/threadSight.ts'
import { focusWithKeyboard } from '../chat/useReady.ts'
import { PaneBar } from './PaneBar.tsx'
import { PaneButtons } from './PaneButtons.tsx'
import { idOfPane, type Pane } from './paneRoute.ts'
import type { Panes } from './usePanes.ts'
import { nameOfPane, useThreadTitle } from './useThreadTitle.ts'

type PaneViewProps = {
  pane: Pane
  panes: Panes
  isReady: boolean
  sights: readonly ThreadSight[]
  before: ReactNode
  after: ReactNode
  /** What can be done with the thread. */
  actions: ReactNode
  children: ReactNode
}

export function PaneView({ pane, panes, isReady, sights, before, after, actions, children }: PaneViewProps) {
  const id = idOfPane(pane)
  const { layout, focusId, asked } = panes
  const isFocused = id === focusId
  const isOneOfSeveral = layout.panes.length > 1
  const title = useThreadTitle(pane, isReady, sights)
  const section = useRef<HTMLElement>(null)
  useTakeKeyboard(section, isFocused, asked)
  return (
    <section
      ref={section}
      aria-label={nameOfPane(pane, title)}
      data-pane={id}
      tabIndex={-1}
      onFocus={() => panes.focus(id)}
      className={clsx(
        'relative flex min-h-0 min-w-0 flex-col border-line outline-none not-first:lg:border-l',
        isOneOfSeveral &&
          isFocused &&
          'before:absolute before:inset-x-0 before:top-0 before:h-0.5 before:bg-lamp max-lg:before:hidden',
        !isFocused && 'max-lg:hidden',
      )}
    >
      <PaneBar
        title={isOneOfSeveral || pane.kind === 'job' ? nameOfPane(pane, title) : title}
        level={isFocused ? 'h1' : 'h2'}
        isQuiet={!isFocused}
        before={before}
      >
        {after}
        {actions}
        <PaneButtons
          place={layout.panes.indexOf(pane)}
          count={layout.panes.length}
          split={panes.split}
          move={(by) => panes.move(id, by)}
          close={() => panes.close(id)}
        />
      </PaneBar>
      <div className="flex min-h-0 flex-1 flex-col">
        <PaneBoundary resetKey={`${id}:${isReady}`}>{children}</PaneBoundary>
      </div>
    </section>
  )
}

/** The composer where there is a keyboard; else the pane, so that a screen reader is there. `asked` 0: the page has just come. */
function useTakeKeyboard(section: { current: HTMLElement | null }, isFocused: boolean, asked: number) {
  useEffect(() => {
    const element = section.current
    if (!isFocused || element === null || element.contains(document.activeElement)) return
    // Whoever writes into another pane before this page comes alive is not torn away from it in the middle of a word.
    if (asked === 0 && document.activeElement !== document.body) return
    if (asked > 0) element.focus({ preventScroll: true })
    focusWithKeyboard(element.querySelector(`textarea[aria-label="${strings.composer.name}"]`))
  }, [section, isFocused, asked])
}
