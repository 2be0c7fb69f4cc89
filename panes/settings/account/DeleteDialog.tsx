'use client'
// What goes with an account, and the words that make it go.
import { type SubmitEvent, useRef, useState } from 'react'
import { Dialog } from '../../../components/Dialog.tsx'
import { Field } from '../../../components/Field.tsx'
import { MainButton } from '../../../components/MainButton.tsx'
import { QuietButton } from '../../../components/QuietButton.tsx'
import { settingsStrings } from '../../../components/strings/settings.ts'
import { type Counts, countWords } from '../data/countWords.ts'
import { SavingWords, useSaving } from '../useSaving.tsx'

const say = settingsStrings.data.remove

type DeleteDialogProps = {
  isOpen: boolean
  close: () => void
  counts: Counts | undefined
  remove: () => Promise<unknown>
}

export function DeleteDialog({ isOpen, close, counts, remove }: DeleteDialogProps) {
  return (
    <Dialog title={say.dialog} closeLabel={say.close} isOpen={isOpen} close={close}>
      <DeleteForm counts={counts} remove={remove} close={close} />
    </Dialog>
  )
}

export function DeleteForm({ counts, remove, close }: Omit<DeleteDialogProps, 'isOpen'>) {
  const [typed, write] = useState('')
  const [isChecked, setChecked] = useState(false)
  const [saving, save] = useSaving(say.failed)
  const field = useRef<HTMLInputElement>(null)
  const isMeant = typed.trim().toLowerCase() === say.word
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!isMeant) return field.current?.focus()
    if (saving.kind !== 'saving') void save(remove)
  }
  return (
    <form noValidate onSubmit={submit} className="space-y-4 text-[0.9375rem]">
      <p className="text-pretty">{say.lead}</p>
      <div>
        <h3 className="text-sm font-medium">{say.goes}</h3>
        <ul className="mt-1 list-disc space-y-1 pl-5 text-sm text-soft">
          {counts === undefined ? null : countWords(counts).map((words) => <li key={words}>{words}</li>)}
          <li>{say.andAll}</li>
          <li>{say.account}</li>
          <li>{say.device}</li>
        </ul>
      </div>
      <p className="text-sm text-soft">{say.exportFirst}</p>
      <Field label={say.field(say.word)} error={isChecked && !isMeant ? say.notTheWord(say.word) : null}>
        {(control) => (
          <input
            {...control}
            ref={field}
            value={typed}
            onChange={(event) => write(event.target.value)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <MainButton isBusy={saving.kind === 'saving'} className="min-h-11 bg-bad! text-paper!">
          {say.confirm}
        </MainButton>
        <QuietButton onClick={close} className="min-h-11">
          {say.close}
        </QuietButton>
      </div>
      {saving.kind === 'failed' ? <SavingWords saving={saving} /> : null}
    </form>
  )
}
