'use client'
// The composer's side of its commands: whether the list is open, and the keys that go to it. The list itself is loaded with the first slash.
import { type KeyboardEvent, lazy, type ReactNode, type RefObject, Suspense, useId, useRef, useState } from 'react'
import { isSlash } from './isSlash.ts'
import type { SlashCommands, TakeKey } from './SlashMenu.tsx'

const load = () => import('./SlashMenu.tsx')
/** A tab from before a deploy may ask for code that is no longer there: then a slash is only a slash. */
const SlashMenu = lazy(() =>
  load().catch((cause: unknown) => {
    console.warn('The commands could not be loaded in this tab.', cause)
    return { default: () => null }
  }),
)

/** Call when the page is idle, so that the first slash need not wait. */
export function preloadSlash(): void {
  load().catch((cause: unknown) => console.warn('The commands could not be loaded ahead.', cause))
}

type Writing = {
  text: string
  write: (text: string) => void
  /** Absent: this composer has none. */
  commands: SlashCommands | undefined
  field: RefObject<HTMLTextAreaElement | null>
}

export type Slash = {
  menu: ReactNode
  /** For the text field. */
  props: { 'aria-controls'?: string; 'aria-activedescendant'?: string; 'aria-autocomplete'?: 'list' }
  takesKey: (event: KeyboardEvent) => boolean
}

export function useSlash({ text, write, commands, field }: Writing): Slash {
  const listId = useId()
  const keys = useRef<TakeKey | null>(null)
  const [activeId, setActive] = useState<string | null>(null)
  const [isClosed, setClosed] = useState(false)
  const isPossible = isSlash(text)
  // Closed by hand: until something else is written.
  if (isClosed && !isPossible) setClosed(false)
  const isOpen = commands !== undefined && isPossible && !isClosed
  return {
    menu: isOpen ? (
      <Suspense>
        <SlashMenu
          listId={listId}
          text={text}
          write={write}
          commands={commands}
          field={field}
          keys={keys}
          setActive={setActive}
          close={() => setClosed(true)}
        />
      </Suspense>
    ) : null,
    props:
      activeId === null
        ? {}
        : { 'aria-controls': listId, 'aria-activedescendant': activeId, 'aria-autocomplete': 'list' },
    takesKey: (event) => {
      if (!isOpen || keys.current?.(event) !== true) return false
      event.preventDefault()
      return true
    },
  }
}
