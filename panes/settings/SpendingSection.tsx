'use client'
// What replies have cost, against the limits, and the person's own limits.
import { type SubmitEvent, useRef, useState } from 'react'
import { Field } from '../../components/Field.tsx'
import { MainButton } from '../../components/MainButton.tsx'
import { savingStrings } from '../../components/strings/saving.ts'
import { settingsStrings } from '../../components/strings/settings.ts'
import { formatMicros } from '../../lib/chat/formatMicros.ts'
import { currentSpend, type Limits, type Summary } from './currentSpend.ts'
import { dollarsOf, parseDollars } from './dollars.ts'
import { SettingsSection } from './SettingsSection.tsx'
import { SpendBar } from './SpendBar.tsx'
import { SavingWords, useSaving } from './useSaving.tsx'
import type { SetPreferences } from './useSettings.ts'

const say = settingsStrings.spending

type SpendingSectionProps = {
  summary: Summary
  /** What the operator allows. */
  server: Limits
  now: number
  set: SetPreferences
}

export function SpendingSection({ summary, server, now, set }: SpendingSectionProps) {
  const { day, month } = currentSpend(summary, server, now)
  return (
    <SettingsSection id="spending" lead={say.lead}>
      <div className="grid gap-4 sm:grid-cols-2">
        <SpendBar name={say.today} spend={day} now={now} />
        <SpendBar name={say.month} spend={month} now={now} />
      </div>
      <BudgetForm budget={summary.budget} server={server} set={set} />
    </SettingsSection>
  )
}

type Typed = { day: string; month: string }

function BudgetForm({ budget, server, set }: { budget: Limits; server: Limits; set: SetPreferences }) {
  const [typed, write] = useState<Typed | null>(null)
  const [isChecked, setChecked] = useState(false)
  const [saving, save] = useSaving()
  const form = useRef<HTMLFormElement>(null)
  const text = typed ?? { day: dollarsOf(budget.dayMicros), month: dollarsOf(budget.monthMicros) }
  const dayMicros = parseDollars(text.day)
  const monthMicros = parseDollars(text.month)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setChecked(true)
    if (dayMicros === undefined || monthMicros === undefined) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
      return
    }
    const limits = { ...(dayMicros === null ? {} : { dayMicros }), ...(monthMicros === null ? {} : { monthMicros }) }
    if (await save(() => set({ budget: Object.keys(limits).length === 0 ? null : limits }))) {
      write((now) => (now === typed ? null : now))
    }
  }
  const field = (which: keyof Typed, label: string, micros: number | null | undefined, most: number | undefined) => (
    <Field
      label={label}
      error={isChecked && micros === undefined ? savingStrings.notMoney : null}
      hint={most === undefined ? say.budgetHint : `${say.budgetHint} ${say.serverLimit(formatMicros(most))}`}
    >
      {(control) => (
        <input
          {...control}
          inputMode="decimal"
          autoComplete="off"
          value={text[which]}
          onChange={(event) => write({ ...text, [which]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="mt-6 space-y-3">
      <div className="grid gap-4 sm:grid-cols-2">
        {field('day', say.budgetDay, dayMicros, server.dayMicros)}
        {field('month', say.budgetMonth, monthMicros, server.monthMicros)}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <MainButton isBusy={saving.kind === 'saving'}>{say.save}</MainButton>
        <SavingWords saving={saving} />
      </div>
    </form>
  )
}
