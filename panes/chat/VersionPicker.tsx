'use client'
// ‹ 2/3 ›: the versions of a reply. Switching draws another conversation below and above: the button that was pressed stays where it is,
// and keeps the focus.
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { strings } from '../../components/strings.ts'
import type { Versions } from './arrangeConversation.ts'
import { leavingEdge } from './showInConversation.ts'

type Way = 'previous' | 'next'

/** What was pressed, and where on the screen it was. One press at a time, on one page. */
let held: { fork: string; place: number; way: Way; top: number } | null = null

type VersionPickerProps = { versions: Versions; select: (turnId: string) => void }

export function VersionPicker({ versions, select }: VersionPickerProps) {
  const group = useRef<HTMLFieldSetElement>(null)
  useLayoutEffect(() => {
    if (group.current !== null) stay(group.current, versions)
  })
  const step = (way: Way, button: HTMLElement) => {
    const turnId = versions[way]
    if (turnId === undefined) return
    held = { fork: versions.fork, place: versions.place, way, top: button.getBoundingClientRect().top }
    // Lets go of the live edge, or the next thing written would pull the page there.
    button.closest('[role="log"]')?.dispatchEvent(new Event(leavingEdge))
    select(turnId)
  }
  return (
    <fieldset ref={group} aria-label={strings.versions.group} className="inline-flex min-w-0 items-center text-soft">
      <StepButton way="previous" isOff={versions.previous === undefined} step={step} />
      <span className="text-xs tabular-nums">{strings.versions.place(versions.place, versions.count)}</span>
      <StepButton way="next" isOff={versions.next === undefined} step={step} />
    </fieldset>
  )
}

function stay(group: HTMLElement, { fork, place }: Versions) {
  if (held === null || held.fork !== fork || held.place === place) return
  const { way, top } = held
  held = null
  const button = group.querySelector<HTMLElement>(`[data-way="${way}"]`)
  const scroller = group.closest('[role="log"]')
  if (button === null || scroller === null) return
  scroller.scrollTop += button.getBoundingClientRect().top - top
  if (document.activeElement === document.body || document.activeElement === null) button.focus({ preventScroll: true })
}

type StepButtonProps = { way: Way; isOff: boolean; step: (way: Way, button: HTMLElement) => void }

function StepButton({ way, isOff, step }: StepButtonProps) {
  const Icon = way === 'previous' ? ChevronLeft : ChevronRight
  return (
    <button
      type="button"
      data-way={way}
      aria-label={strings.versions[way]}
      title={strings.versions[way]}
      aria-disabled={isOff}
      onClick={(event) => step(way, event.currentTarget)}
      className="grid size-9 place-items-center rounded-full transition-colors hover:bg-hover hover:text-ink aria-disabled:opacity-40"
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  )
}
