'use client'
// Goes to the section that the address names, and knows which one is being read.
import { type RefObject, useCallback, useEffect, useState } from 'react'
import { parseSection, type SectionId, sectionAt, settingsSections } from './settingsSections.ts'

/** Below the sticky row of a phone, px. */
const READ_LINE_PX = 120
/** What is above may still grow while it is fetched: until the person moves, and for no longer than this. */
const HELD_MS = 3_000

type Scroller = RefObject<HTMLElement | null>

export function useSections(scroller: Scroller) {
  const [current, setCurrent] = useState<SectionId>(settingsSections[0])
  useEffect(() => followReading(scroller.current, setCurrent), [scroller])
  useEffect(() => {
    let stop = goToNamed(scroller.current)
    const go = () => {
      stop()
      stop = goToNamed(scroller.current)
    }
    addEventListener('hashchange', go)
    return () => {
      stop()
      removeEventListener('hashchange', go)
    }
  }, [scroller])
  const show = useCallback((id: SectionId) => {
    // In place: going back leads out of the settings, not through all that was looked at.
    history.replaceState(history.state, '', `#${id}`)
    const section = document.getElementById(id)
    section?.scrollIntoView()
    section?.querySelector('h2')?.focus({ preventScroll: true })
  }, [])
  return { current, show }
}

function followReading(box: HTMLElement | null, tell: (id: SectionId) => void): () => void {
  if (box === null) return () => {}
  const look = () => {
    const edge = box.getBoundingClientRect().top
    const placed = settingsSections.flatMap((id) => {
      const section = document.getElementById(id)
      return section === null ? [] : [{ id, top: section.getBoundingClientRect().top - edge }]
    })
    tell(sectionAt(placed, READ_LINE_PX, box.scrollHeight - box.scrollTop - box.clientHeight < 4))
  }
  box.addEventListener('scroll', look, { passive: true })
  return () => box.removeEventListener('scroll', look)
}

function goToNamed(box: HTMLElement | null): () => void {
  const id = parseSection(location.hash)
  const content = box?.firstElementChild
  if (id === null || box === null || content === null || content === undefined) return () => {}
  const go = () => document.getElementById(id)?.scrollIntoView({ behavior: 'instant' })
  const observer = new ResizeObserver(go)
  const stop = () => {
    observer.disconnect()
    for (const event of moves) box.removeEventListener(event, stop)
    clearTimeout(timer)
  }
  const timer = setTimeout(stop, HELD_MS)
  for (const event of moves) box.addEventListener(event, stop, { passive: true })
  observer.observe(content)
  go()
  return stop
}

const moves = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const
