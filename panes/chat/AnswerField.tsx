'use client'
// Where an answer is written: Enter sends, Shift+Enter starts a new line, an input method keeps its own Enter.
import type { KeyboardEvent, Ref } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { waitStrings } from '../../components/strings/waits.ts'
import { maxAnswerChars } from '../../lib/chat/messageLimits.ts'

type AnswerFieldProps = {
  name: string
  placeholder: string
  text: string
  write: (text: string) => void
  send: () => void
  isReadOnly: boolean
  ref?: Ref<HTMLTextAreaElement>
}

export function AnswerField({ name, placeholder, text, write, send, isReadOnly, ref }: AnswerFieldProps) {
  const over = text.length - maxAnswerChars
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Safari reports the Enter that ends a composition after it, as 229.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return
    event.preventDefault()
    send()
  }
  return (
    <div className="min-w-0 flex-1 basis-40">
      <TextareaAutosize
        ref={ref}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
        aria-label={name}
        aria-invalid={over > 0}
        placeholder={placeholder}
        readOnly={isReadOnly}
        minRows={1}
        maxRows={8}
        dir="auto"
        enterKeyHint="send"
        autoComplete="off"
        className="thin-scroll block w-full resize-none rounded-xl border border-line bg-paper px-3.5 py-2 leading-6 outline-offset-1 placeholder:text-soft"
      />
      {over > 0 ? (
        <p role="alert" className="pt-1 text-xs font-medium text-bad">
          {waitStrings.tooLong(over.toLocaleString())}
        </p>
      ) : null}
    </div>
  )
}

export const fits = (text: string): boolean => text.trim() !== '' && text.length <= maxAnswerChars
