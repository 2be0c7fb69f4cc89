'use client'
// A text that is changed where it stands: Enter saves, Esc leaves it as it was.
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { QuietButton } from '../../components/QuietButton.tsx'
import { strings } from '../../components/strings.ts'
import { maxMessageChars } from '../../lib/chat/messageLimits.ts'
import { isComposing } from './isComposing.ts'

type InlineEditorProps = {
  name: string
  text: string
  write: (text: string) => void
  save: () => void
  saveLabel: string
  cancel: () => void
  cancelLabel: string
  hint?: string
  isSaving?: boolean
}

export function InlineEditor(props: InlineEditorProps) {
  const { name, text, write, save, saveLabel, cancel, cancelLabel, hint = '', isSaving = false } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const hintId = useId()
  const over = text.length - maxMessageChars
  const maySave = text.trim() !== '' && over <= 0 && !isSaving
  useEffect(() => {
    const { current } = field
    current?.focus({ preventScroll: true })
    current?.setSelectionRange(current.value.length, current.value.length)
    current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    if (event.key === 'Escape') {
      event.preventDefault()
      cancel()
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      if (maySave) save()
    }
  }
  return (
    <div className="w-full rounded-2xl border border-line bg-raised p-2 focus-within:border-soft">
      <TextareaAutosize
        ref={field}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
        aria-label={name}
        aria-describedby={hintId}
        aria-invalid={over > 0}
        maxRows={12}
        dir="auto"
        className="thin-scroll max-h-[40dvh] w-full scroll-my-12 resize-none bg-transparent px-2 py-1 leading-6 outline-none"
      />
      <div className="flex flex-wrap items-center justify-end gap-1.5">
        <p id={hintId} className="min-w-0 flex-1 basis-full px-2 sm:basis-48 text-xs text-soft">
          {over > 0 ? (
            <span className="font-medium text-bad">{strings.composer.tooLong(over.toLocaleString())}</span>
          ) : (
            hint
          )}
        </p>
        <QuietButton onClick={cancel}>{cancelLabel}</QuietButton>
        <QuietButton tone="framed" aria-disabled={!maySave} onClick={() => maySave && save()}>
          {saveLabel}
        </QuietButton>
      </div>
    </div>
  )
}
