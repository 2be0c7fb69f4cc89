'use client'
// What is loaded while the page is idle; Esc stops from anywhere in the page that has no use for it itself.
import { useEffect } from 'react'
import { preloadMarkdown } from '../../components/Markdown.tsx'
import { whenIdle } from '../../components/whenIdle.ts'
import { preloadParts } from './partsOnDemand.ts'
import { preloadSlash } from './slash/useSlash.tsx'

/** `canStop`: of the pane that has the focus alone. */
export function useReady(stop: () => void, canStop: boolean) {
  useEffect(() => {
    for (const preload of [preloadMarkdown, preloadSlash, preloadParts]) whenIdle(preload)
  }, [])
  useEffect(() => {
    if (!canStop) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (document.querySelector('dialog[open], [role="dialog"], [role="menu"]') !== null) return
      stop()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [stop, canStop])
}

/** The button that was pressed goes away: the focus must not go with it. On a phone it would only bring up the keyboard. */
export function focusWithKeyboard(composer: HTMLTextAreaElement | null) {
  if (matchMedia('(pointer: fine)').matches) composer?.focus({ preventScroll: true })
}
