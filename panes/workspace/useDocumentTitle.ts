'use client'
// The title of the window: what the focused pane or the place is called, and how much needs the person.
import { useEffect } from 'react'
import { strings } from '../../components/strings.ts'
import type { ThreadSight } from '../chat/threadSight.ts'
import { titleWithCount } from '../inbox/badgeOf.ts'
import { idOfPane } from './paneRoute.ts'
import type { Panes } from './usePanes.ts'
import { nameOfPane, useThreadTitle } from './useThreadTitle.ts'

export function useDocumentTitle(
  { place, layout, focusId }: Panes,
  isReady: boolean,
  sights: readonly ThreadSight[],
  count: number,
) {
  const focused = layout.panes.find((pane) => idOfPane(pane) === focusId) ?? layout.panes[0]
  if (focused === undefined) throw new Error('No pane is open')
  const threadTitle = useThreadTitle(focused, isReady, sights)
  const title =
    place !== 'chat' ? strings[place].name : focused.kind === 'thread' ? threadTitle : nameOfPane(focused, '')
  useEffect(() => {
    document.title = titleWithCount(title === '' ? strings.product : `${title} · ${strings.product}`, count)
  }, [title, count])
}
