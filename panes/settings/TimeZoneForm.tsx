'use client'
// Where “tomorrow at nine” is.
import { type SubmitEvent, useState } from 'react'
import { MainButton } from '../../components/MainButton.tsx'
import { settingsStrings } from '../../components/strings/settings.ts'
import { TimeZoneField } from './TimeZoneField.tsx'
import { browserZone, resolveZone } from './timeZones.ts'
import { SavingWords, useSaving } from './useSaving.tsx'
import type { SetPreferences } from './useSettings.ts'

const say = settingsStrings.timeZone

export function TimeZoneForm({ timeZone, set }: { timeZone: string | undefined; set: SetPreferences }) {
  const [typed, write] = useState<string | null>(null)
  const [isChecked, setChecked] = useState(false)
  const [saving, save] = useSaving()
  const text = typed ?? timeZone ?? browserZone()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const zone = resolveZone(text)
    setChecked(zone === null)
    if (zone !== null && (await save(() => set({ timeZone: zone })))) write((now) => (now === typed ? null : now))
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="space-y-3">
      <p className="max-w-[36rem] text-sm text-soft text-pretty">{say.lead}</p>
      <div className="max-w-96">
        <TimeZoneField typed={text} write={write} isChecked={isChecked} />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <MainButton isBusy={saving.kind === 'saving'}>{say.save}</MainButton>
        <SavingWords saving={saving} />
      </div>
    </form>
  )
}
