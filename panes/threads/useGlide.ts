'use client'
// The list of threads is sorted anew by what happens elsewhere: what has another place then glides there, instead of being somewhere else
// all at once. What is named by `data-glides` is the same before and after, wherever it stands.
import { type RefObject, useLayoutEffect, useRef } from 'react'

const GLIDE = { duration: 220, easing: 'cubic-bezier(0.2, 0, 0, 1)' }

export function useGlide(list: RefObject<HTMLElement | null>) {
  const before = useRef<ReadonlyMap<string, number>>(new Map())
  useLayoutEffect(() => {
    if (list.current === null) return
    const parts = [...list.current.querySelectorAll<HTMLElement>('[data-glides]')]
    const places = new Map(parts.map((part) => [nameOf(part), placeOf(part)]))
    const ways = waysOf(before.current, places)
    before.current = places
    if (ways.size === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    for (const part of parts) {
      // A row goes along with its section.
      const section = sectionOf(part)
      const way = (ways.get(nameOf(part)) ?? 0) - (section ? (ways.get(nameOf(section)) ?? 0) : 0)
      if (way !== 0) part.animate({ transform: [`translateY(${way}px)`, 'none'] }, GLIDE)
    }
  })
}

const sectionOf = (part: HTMLElement) => part.parentElement?.closest<HTMLElement>('[data-glides]')

/** Not where it is drawn: it may be gliding. Sections are positioned, so that their rows are measured from them at all times. */
const placeOf = (part: HTMLElement) => part.offsetTop + (sectionOf(part)?.offsetTop ?? 0)

const nameOf = ({ dataset }: HTMLElement) => dataset['glides'] ?? ''

/** How far each one has to go back to stand where it stood, in px. What is new stands where it is. */
function waysOf(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(
    [...after].flatMap(([name, top]) => {
      const way = (before.get(name) ?? top) - top
      return way === 0 ? [] : [[name, way] as const]
    }),
  )
}
