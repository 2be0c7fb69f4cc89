'use client'
// When a task runs: once, on days of the week, or by a cron expression.
import { clsx } from 'clsx'
import { useId } from 'react'
import { Field } from '../../components/Field.tsx'
import { scheduleStrings } from '../../components/strings/schedules.ts'
import { type Rhythm, rhythms, type ScheduleDraft } from './scheduleDraft.ts'

const say = scheduleStrings.form

type WhenFieldsProps = {
  draft: ScheduleDraft
  change: (change: Partial<ScheduleDraft>) => void
  /** What is wrong with the time, for the field that it stands beside. */
  error: string | null
}

export function WhenFields({ draft, change, error }: WhenFieldsProps) {
  return (
    <>
      <Field label={say.rhythm}>
        {(control) => (
          <select
            {...control}
            value={draft.rhythm}
            onChange={(event) => change({ rhythm: rhythms.find((one) => one === event.target.value) ?? 'daily' })}
          >
            {rhythms.map((rhythm) => (
              <option key={rhythm} value={rhythm}>
                {say.rhythms[rhythm]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {draft.rhythm === 'weekly' ? <Days days={draft.days} choose={(days) => change({ days })} /> : null}
      <TimeField rhythm={draft.rhythm} draft={draft} change={change} error={error} />
    </>
  )
}

function TimeField({ rhythm, draft, change, error }: WhenFieldsProps & { rhythm: Rhythm }) {
  if (rhythm === 'once') {
    return (
      <Field label={say.at} error={error}>
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={draft.at}
            onChange={(event) => change({ at: event.target.value })}
          />
        )}
      </Field>
    )
  }
  if (rhythm === 'cron') {
    return (
      <Field label={say.cron} hint={say.cronHint} error={error}>
        {(control) => (
          <input
            {...control}
            className={`${control.className} font-mono text-[0.9375rem]`}
            value={draft.cron}
            onChange={(event) => change({ cron: event.target.value })}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
        )}
      </Field>
    )
  }
  return (
    <Field label={say.time} error={error}>
      {(control) => (
        <input {...control} type="time" value={draft.time} onChange={(event) => change({ time: event.target.value })} />
      )}
    </Field>
  )
}

/** Monday first; 0 is Sunday. */
const week = [1, 2, 3, 4, 5, 6, 0]

function Days({ days, choose }: { days: readonly number[]; choose: (days: readonly number[]) => void }) {
  const nameId = useId()
  return (
    <div>
      <p id={nameId} className="mb-1 text-sm font-medium">
        {say.days}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row in every browser */}
      <div role="group" aria-labelledby={nameId} className="flex flex-wrap gap-1.5">
        {week.map((day) => {
          const isChosen = days.includes(day)
          const name = say.dayNames[day] ?? ''
          return (
            <label
              key={day}
              className={clsx(
                'relative inline-flex min-h-10 min-w-12 cursor-pointer items-center justify-center rounded-full border px-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-lamp',
                isChosen ? 'border-lamp bg-lamp font-medium text-on-lamp' : 'border-line bg-raised hover:bg-hover',
              )}
            >
              <input
                type="checkbox"
                className="absolute inset-0 cursor-pointer appearance-none rounded-full outline-none"
                aria-label={name}
                checked={isChosen}
                onChange={() => choose(isChosen ? days.filter((one) => one !== day) : [...days, day])}
              />
              <span aria-hidden="true">{name.slice(0, 3)}</span>
            </label>
          )
        })}
      </div>
    </div>
  )
}
