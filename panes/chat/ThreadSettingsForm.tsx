'use client'
// The form of a chat's own settings. Saved together; what a refusal leaves unsaved stays as it was typed.
import { type SubmitEvent, useRef, useState } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import type { ModelCard } from '../../components/BrowserSettings.tsx'
import { ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { Field } from '../../components/Field.tsx'
import { MainButton } from '../../components/MainButton.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { savingStrings } from '../../components/strings/saving.ts'
import { threadSettingsStrings } from '../../components/strings/threadSettings.ts'
import { strings } from '../../components/strings.ts'
import { formatMicros } from '../../lib/chat/formatMicros.ts'
import { maxInstructionsChars } from '../../lib/chat/messageLimits.ts'
import { policies } from '../../lib/chat/messagePolicy.ts'
import { dollarsOf, parseDollars } from '../settings/dollars.ts'
import { SavingWords, useSaving } from '../settings/useSaving.tsx'
import { labelOf, modelWords } from './modelWords.ts'
import type { SaveThread, ThreadChange, ThreadData } from './useSaveThread.ts'

const say = threadSettingsStrings
const hints = {
  queue: strings.policy.queueHint,
  steer: strings.policy.steerHint,
  interrupt: strings.policy.interruptHint,
}
const choices = policies.map((value) => ({ value, label: strings.policy[value], about: hints[value] }))

type ThreadSettingsFormProps = {
  thread: ThreadData
  models: readonly ModelCard[]
  save: SaveThread
  close: () => void
}

export function ThreadSettingsForm({ thread, models, save, close }: ThreadSettingsFormProps) {
  // What was changed here; the rest follows the chat, whoever changes it.
  const [changed, setChanged] = useState<Omit<ThreadChange, 'budgetMicros'>>({})
  const [budget, setBudget] = useState<string | null>(null)
  const [isChecked, setChecked] = useState(false)
  const [saving, keep] = useSaving()
  const form = useRef<HTMLFormElement>(null)
  const { instructions, policy, model } = { ...thread, ...changed }
  const budgetText = budget ?? dollarsOf(thread.budgetMicros)
  const budgetMicros = parseDollars(budgetText)
  const over = instructions.trim().length - maxInstructionsChars

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setChecked(true)
    if (over > 0 || budgetMicros === undefined) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
      return
    }
    if (await keep(() => save({ ...changed, ...(budget === null ? {} : { budgetMicros }) }))) close()
  }
  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="space-y-5">
      <Field
        label={say.instructions}
        hint={say.instructionsHint}
        error={over > 0 ? savingStrings.tooLong(over.toLocaleString()) : null}
      >
        {(control) => (
          <TextareaAutosize
            {...control}
            dir="auto"
            value={instructions}
            onChange={(event) => setChanged({ ...changed, instructions: event.target.value })}
            minRows={2}
            maxRows={8}
          />
        )}
      </Field>
      <ModelField models={models} model={model} choose={(next) => setChanged({ ...changed, model: next })} />
      <div>
        <p aria-hidden="true" className="text-sm font-medium">
          {strings.policy.name}
        </p>
        <p className="mb-2 text-sm text-soft">{say.policyLead}</p>
        <ChoiceGroup
          label={strings.policy.name}
          look="rows"
          choices={choices}
          value={policy}
          choose={(next) => setChanged({ ...changed, policy: next })}
        />
      </div>
      <Field
        label={say.budget}
        hint={say.budgetHint(formatMicros(thread.spentMicros))}
        error={isChecked && budgetMicros === undefined ? savingStrings.notMoney : null}
      >
        {(control) => (
          <input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={budgetText}
            onChange={(event) => setBudget(event.target.value)}
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

type ModelFieldProps = { models: readonly ModelCard[]; model: string | null; choose: (model: string | null) => void }

function ModelField({ models, model, choose }: ModelFieldProps) {
  const card = models.find(({ id }) => id === model)
  return (
    <Field label={say.model} hint={card === undefined ? undefined : modelWords(card)}>
      {(control) => (
        <select
          {...control}
          value={model ?? ''}
          onChange={(event) => choose(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">{strings.model.asSettings}</option>
          {model !== null && card === undefined ? <option value={model}>{labelOf(models, model)}</option> : null}
          {models.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
