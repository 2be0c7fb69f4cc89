'use client'
// The title of a thread as a field, in the place of its row. Enter and leaving it keep the new title, Escape the old one.
import { useLayoutEffect, useRef } from 'react'
import { strings } from '../../components/strings.ts'
import { maxTitleChars } from '../../lib/chat/messageLimits.ts'
import { isComposing } from '../chat/isComposing.ts'

/** `end`: null keeps what was there. */
export function RenameField({ title, end }: { title: string; end: (title: string | null) => void }) {
  const field = useRef<HTMLInputElement>(null)
  // Taking the field out of the page makes it lose the focus: that is not a second end.
  const isOver = useRef(false)
  useLayoutEffect(() => field.current?.select(), [])
  const finish = (written: string | null) => {
    if (isOver.current) return
    isOver.current = true
    end(written === null || written.trim() === title ? null : written.trim())
  }
  return (
    <input
      ref={field}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
      autoFocus
      aria-label={strings.threads.newTitle}
      defaultValue={title}
      maxLength={maxTitleChars}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        // The list's own keys are not for who writes.
        event.stopPropagation()
        if (isComposing(event)) return
        if (event.key === 'Enter') finish(event.currentTarget.value)
        if (event.key === 'Escape') {
          event.preventDefault()
          finish(null)
        }
      }}
      className="my-0.5 min-h-9 w-full min-w-0 rounded-lg border border-lamp bg-raised px-2.5 text-[0.9375rem] leading-snug -outline-offset-1"
    />
  )
}
