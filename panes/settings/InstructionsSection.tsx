'use client'
// What every reply in every chat follows.
import { type SubmitEvent, useState } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { Field } from '../../components/Field.tsx'
import { MainButton } from '../../components/MainButton.tsx'
import { savingStrings } from '../../components/strings/saving.ts'
import { settingsStrings } from '../../components/strings/settings.ts'
import { maxInstructionsChars } from '../../lib/chat/messageLimits.ts'
import { SettingsSection } from './SettingsSection.tsx'
import { SavingWords, useSaving } from './useSaving.tsx'
import type { SetPreferences } from './useSettings.ts'

const say = settingsStrings.instructions

export function InstructionsSection({ instructions, set }: { instructions: string; set: SetPreferences }) {
  // Null: nothing was typed since it was last saved, so what another device writes is shown.
  const [typed, write] = useState<string | null>(null)
  const [saving, save] = useSaving()
  const text = typed ?? instructions
  const over = text.trim().length - maxInstructionsChars
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (over > 0) return
    if (await save(() => set({ instructions: text }))) write((now) => (now === typed ? null : now))
  }
  return (
    <SettingsSection id="instructions" lead={say.lead}>
      <form onSubmit={(event) => void submit(event)} className="space-y-3">
        <Field label={say.field} error={over > 0 ? savingStrings.tooLong(over.toLocaleString()) : null}>
          {(control) => (
            <TextareaAutosize
              {...control}
              dir="auto"
              value={text}
              onChange={(event) => write(event.target.value)}
              placeholder={say.placeholder}
              minRows={3}
              maxRows={14}
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <MainButton isBusy={saving.kind === 'saving'}>{say.save}</MainButton>
          <SavingWords saving={saving} />
        </div>
      </form>
    </SettingsSection>
  )
}
