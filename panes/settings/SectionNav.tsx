'use client'
// The sections by name: a column beside them where there is room, else a row that stays at the top and scrolls sideways.
import { clsx } from 'clsx'
import { useEffect, useRef } from 'react'
import { settingsStrings } from '../../components/strings/settings.ts'
import { type SectionId, settingsSections, titleOf } from './settingsSections.ts'

type SectionNavProps = { current: SectionId; show: (id: SectionId) => void }

export function SectionNav({ current, show }: SectionNavProps) {
  const row = useRef<HTMLElement>(null)
  useEffect(() => {
    const box = row.current
    if (box === null) return
    const show = () => {
      const link = box.querySelector<HTMLElement>(`a[href="#${current}"]`)
      // Only sideways: scrollIntoView would move the page under the reader as well.
      if (link !== null) box.scrollTo({ left: link.offsetLeft - (box.clientWidth - link.clientWidth) / 2 })
    }
    const observer = new ResizeObserver(show)
    observer.observe(box)
    return () => observer.disconnect()
  }, [current])
  return (
    <nav
      ref={row}
      aria-label={settingsStrings.sections}
      className="thin-scroll sticky top-0 z-10 -mx-4 flex gap-1 overflow-x-auto border-b border-line bg-paper px-3 py-1.5 [scrollbar-width:none] sm:-mx-8 sm:px-7 @3xl:top-4 @3xl:mx-0 @3xl:flex-col @3xl:gap-0.5 @3xl:self-start @3xl:border-0 @3xl:p-0 @3xl:pt-3"
    >
      {settingsSections.map((id) => (
        <a
          key={id}
          href={`#${id}`}
          aria-current={id === current ? 'location' : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
            event.preventDefault()
            show(id)
          }}
          className={clsx(
            'inline-flex min-h-11 shrink-0 items-center rounded-full px-3.5 text-sm whitespace-nowrap transition-colors hover:bg-hover hover:text-ink @3xl:min-h-9 @3xl:rounded-lg @3xl:whitespace-normal',
            id === current ? 'bg-bubble font-medium text-ink' : 'text-soft',
          )}
        >
          {titleOf(id)}
        </a>
      ))}
    </nav>
  )
}
