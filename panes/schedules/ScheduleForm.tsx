'use client'
// A task, new or edited by hand. What is wrong stands beside its field, and nothing that was typed is lost to a refusal.
import { type SubmitEvent, useRef, useState } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { Field } from '../../components/Field.tsx'
import { MainButton } from '../../components/MainButton.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { savingStrings } from '../../components/strings/saving.ts'
import { scheduleStrings } from '../../components/strings/schedules.ts'
import { strings } from '../../components/strings.ts'
import { useNow } from '../../components/useNow.ts'
import { createId } from '../chat/createId.ts'
import { TimeZoneField } from '../settings/TimeZoneField.tsx'
import { resolveZone } from '../settings/timeZones.ts'
import { SavingWords, useSaving } from '../settings/useSaving.tsx'
import type { ListedThreads } from '../threads/useThreads.ts'
import { checkDraft, draftOf, keepSeconds, newDraft, previewOf, ruleOf, type ScheduleDraft } from './scheduleDraft.ts'
import { timeWords } from './scheduleWords.ts'
import type { ScheduleData, ScheduleDoings } from './useSchedules.ts'
import { WhenFields } from './WhenFields.tsx'

const say = scheduleStrings
const { form: field } = say

export type ScheduleFormProps = {
  /** Null: a new one. */
  task: ScheduleData | null
  threads: ListedThreads
  /** The person's time zone. */
  mine: string
  save: ScheduleDoings['save']
  close: () => void
}

export function ScheduleForm({ task, threads, mine, save, close }: ScheduleFormProps) {
  const now = useNow(true, 15_000)
  const [draft, setDraft] = useState(() => (task === null ? newDraft(mine, now) : draftOf(task, now)))
  // Made once: pressing twice, or again after a failure, saves one task, in one new chat.
  const [ids] = useState(() => ({ key: task?.key ?? createId(), threadId: createId() }))
  const [isChecked, setChecked] = useState(false)
  const [saving, keep] = useSaving()
  const form = useRef<HTMLFormElement>(null)

  const change = (more: Partial<ScheduleDraft>) => setDraft((before) => ({ ...before, ...more }))
  const meant = { ...draft, timeZone: resolveZone(draft.timeZone) ?? '' }
  const errors = checkDraft(meant, task, now)

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setChecked(true)
    const ruled = ruleOf(meant)
    if (Object.keys(errors).length > 0 || !ruled.ok) return focusFirstError(form.current)
    const { title, prompt, timeZone } = meant
    const rule = keepSeconds(ruled.rule, task)
    const chat = draft.threadId === null ? { threadId: ids.threadId, newThread: true } : { threadId: draft.threadId }
    // One that was deleted elsewhere meanwhile is there again, as it was made.
    const restores = task === null ? {} : { restores: { createdBy: task.createdBy, isPaused: task.state === 'paused' } }
    if (await keep(() => save({ key: ids.key, title, prompt, rule, timeZone, ...chat, ...restores }))) close()
  }
  return (
    <form
      ref={form}
      noValidate
      aria-label={task === null ? say.newTitle : say.editTitle(task.title)}
      onSubmit={(event) => void submit(event)}
      className="enter my-4 space-y-4 rounded-2xl border border-line bg-paper p-4 shadow-[0_2px_12px_var(--shade)] sm:p-5"
    >
      <h2 className="font-serif text-xl font-semibold wrap-anywhere">
        {task === null ? say.newTitle : say.editTitle(task.title)}
      </h2>
      <Field label={field.title} hint={field.titleHint} error={errors.title ?? null}>
        {(control) => (
          <input
            {...control}
            dir="auto"
            value={draft.title}
            onChange={(event) => change({ title: event.target.value })}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label={field.prompt} hint={field.promptHint} error={isChecked ? (errors.prompt ?? null) : null}>
        {(control) => (
          <TextareaAutosize
            {...control}
            dir="auto"
            value={draft.prompt}
            onChange={(event) => change({ prompt: event.target.value })}
            minRows={2}
            maxRows={10}
          />
        )}
      </Field>
      <WhenFields draft={draft} change={change} error={(isLive(draft) || isChecked ? errors.when : null) ?? null} />
      <TimeZoneField typed={draft.timeZone} write={(timeZone) => change({ timeZone })} isChecked={isChecked} />
      <ChatField task={task} threads={threads} threadId={draft.threadId} choose={(threadId) => change({ threadId })} />
      <Preview times={previewOf(meant, task, now)} timeZone={meant.timeZone} mine={mine} now={now} />
      <div className="flex flex-wrap items-center gap-2">
        <MainButton isBusy={saving.kind === 'saving'}>{say.save}</MainButton>
        <QuietButton onClick={close}>{savingStrings.cancel}</QuietButton>
        <SavingWords saving={saving} />
      </div>
    </form>
  )
}

/** A cron expression and a date are checked while they are written; the rest is right until somebody empties it. */
const isLive = ({ rhythm }: ScheduleDraft) => rhythm === 'cron' || rhythm === 'once'

/** After this render: the fields have learned by then that they are wrong. */
function focusFirstError(form: HTMLFormElement | null) {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
}

type ChatFieldProps = {
  task: ScheduleData | null
  threads: ListedThreads
  threadId: string | null
  choose: (threadId: string | null) => void
}

function ChatField({ task, threads, threadId, choose }: ChatFieldProps) {
  const named = (title: string) => (title === '' ? strings.threads.untitled : title)
  // The chat of an edited task may be older than what is listed.
  const own = task !== null && !threads.threads.some((one) => one.threadId === task.threadId) ? [task] : []
  return (
    <Field
      label={field.chat}
      hint={
        threads.more === undefined ? undefined : (
          <QuietButton
            className="-ml-3"
            aria-disabled={threads.more.isLoading}
            aria-busy={threads.more.isLoading}
            onClick={threads.more.load}
          >
            {strings.threads.more}
          </QuietButton>
        )
      }
    >
      {(control) => (
        <select
          {...control}
          value={threadId ?? ''}
          onChange={(event) => choose(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">{field.newChat}</option>
          {own.map((one) => (
            <option key={one.threadId} value={one.threadId}>
              {named(one.threadTitle)}
            </option>
          ))}
          {threads.threads.map((one) => (
            <option key={one.threadId} value={one.threadId}>
              {named(one.title)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

type PreviewProps = { times: readonly number[]; timeZone: string; mine: string; now: number }

function Preview({ times, timeZone, mine, now }: PreviewProps) {
  if (times.length === 0) return null
  return (
    <div className="rounded-xl bg-sunken px-3.5 py-2.5 text-sm">
      <p className="font-medium">{field.preview}</p>
      <ul>
        {times.map((at) => (
          <li key={at} suppressHydrationWarning className="text-soft tabular-nums">
            {timeWords(at, timeZone, mine, now)}
          </li>
        ))}
      </ul>
    </div>
  )
}
