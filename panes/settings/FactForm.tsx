'use client'
// A fact, new or changed.
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { Field } from '../../components/Field.tsx'
import { MainButton } from '../../components/MainButton.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { savingStrings } from '../../components/strings/saving.ts'
import { settingsStrings } from '../../components/strings/settings.ts'
import { chatErrors } from '../../lib/chat/chatError.ts'
import { maxMemoryChars } from '../../lib/chat/messageLimits.ts'
import { SavingWords, useSaving } from './useSaving.tsx'

const say = settingsStrings.memory

type FactFormProps = { text: string; save: (text: string) => Promise<unknown>; close: () => void }

export function FactForm({ text, save, close }: FactFormProps) {
  const [typed, write] = useState(text)
  const [isChecked, setChecked] = useState(false)
  const [saving, keep] = useSaving()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const over = typed.trim().length - maxMemoryChars
  const { message, hint } = chatErrors['memory-empty']
  const empty = isChecked && typed.trim() === '' ? `${message} ${hint}` : null
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setChecked(true)
    if (typed.trim() === '' || over > 0) return field.current?.focus()
    if (await keep(() => save(typed))) close()
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="space-y-2.5 py-3">
      <Field label={say.fact} error={over > 0 ? savingStrings.tooLong(over.toLocaleString()) : empty}>
        {(control) => (
          <TextareaAutosize
            {...control}
            ref={field}
            dir="auto"
            value={typed}
            onChange={(event) => write(event.target.value)}
            placeholder={say.placeholder}
            minRows={1}
            maxRows={8}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <MainButton isBusy={saving.kind === 'saving'}>{say.save}</MainButton>
        <QuietButton onClick={close}>{savingStrings.cancel}</QuietButton>
        <SavingWords saving={saving} />
      </div>
    </form>
  )
}
