'use client'
// One task in the list: when it runs, how it went last, and what can be done with it.
import { clsx } from 'clsx'
import { ChevronRight, LoaderCircle } from 'lucide-react'
import { useId, useState } from 'react'
import { Lamp, type LampTone } from '../../components/Lamp.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { scheduleStrings } from '../../components/strings/schedules.ts'
import { countdownWords } from '../chat/countdownWords.ts'
import { ThreadLink } from '../workspace/ThreadLink.tsx'
import { explainSchedule } from './explainSchedule.ts'
import { lastWords, ruleWords, timeWords } from './scheduleWords.ts'
import type { Ran, ScheduleData, ScheduleDoings } from './useSchedules.ts'

const say = scheduleStrings
const DAY = 24 * 60 * 60 * 1000

type ScheduleItemProps = {
  task: ScheduleData
  mine: string
  now: number
  doings: Omit<ScheduleDoings, 'save'>
  edit: () => void
}

type Doing = 'run' | 'state' | 'remove'
type Progress =
  | { kind: 'idle' }
  | { kind: 'asking'; doing: Doing }
  | { kind: 'ran'; how: Ran }
  | { kind: 'failed'; why: string }

const tones: Record<ScheduleData['state'], LampTone> = { active: 'held', paused: 'quiet', done: 'quiet' }

export function ScheduleItem({ task, mine, now, doings, edit }: ScheduleItemProps) {
  const nameId = useId()
  const { progress, ask } = useDoing(task.key)
  const button = (doing: Doing, name: string, press: () => Promise<Ran | null>) => (
    <QuietButton
      key={doing}
      tone={doing === 'remove' ? 'plain' : 'framed'}
      aria-describedby={nameId}
      aria-disabled={progress.kind === 'asking'}
      onClick={() => void ask(doing, press)}
    >
      {progress.kind === 'asking' && progress.doing === doing ? (
        <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
      ) : null}
      {name}
    </QuietButton>
  )
  const silently = (work: Promise<unknown>) => work.then(() => null)
  return (
    <li data-schedule-key={task.key} data-state={task.state} className="pt-4 pb-3">
      <div className="flex items-baseline gap-3">
        <h2 id={nameId} dir="auto" className="min-w-0 flex-1 font-medium wrap-anywhere">
          {task.title}
        </h2>
        <span className="flex shrink-0 items-center gap-2 text-sm text-soft">
          <Lamp tone={tones[task.state]} />
          {say.states[task.state]}
        </span>
      </div>
      {task.prompt === task.title ? null : (
        <p dir="auto" className="line-clamp-3 text-sm text-soft wrap-anywhere">
          {task.prompt}
        </p>
      )}
      <Times task={task} mine={mine} now={now} />
      <span className="flex items-center gap-1 text-sm">
        <ThreadLink
          threadId={task.threadId}
          title={task.threadTitle}
          className="min-w-0 truncate rounded-sm py-1 hover:text-lamp hover:underline hover:underline-offset-3"
        />
        <ChevronRight size={14} aria-hidden="true" className="shrink-0 text-soft" />
      </span>
      <div className="mt-2 flex flex-wrap gap-1.5">
        {button('run', say.runNow, () => doings.runNow(task.key))}
        {task.state === 'active'
          ? button('state', say.pause, () => silently(doings.setState(task.key, 'paused')))
          : null}
        {task.state === 'paused'
          ? button('state', say.resume, () => silently(doings.setState(task.key, 'active')))
          : null}
        <QuietButton tone="framed" aria-describedby={nameId} onClick={edit} data-edit={task.key}>
          {say.edit}
        </QuietButton>
        {button('remove', say.remove, () => silently(doings.remove(task)))}
      </div>
      <p role="status" className={clsx('text-sm text-soft', progress.kind === 'ran' && 'mt-1.5')}>
        {progress.kind === 'ran' ? say.ran[progress.how] : ''}
      </p>
      {progress.kind === 'failed' ? (
        <p role="alert" className="mt-1.5 text-sm text-bad">
          {progress.why}
        </p>
      ) : null}
    </li>
  )
}

function Times({ task, mine, now }: Pick<ScheduleItemProps, 'task' | 'mine' | 'now'>) {
  const { rule, timeZone, nextAt } = task
  return (
    <div className="mt-1.5 text-sm tabular-nums">
      <p suppressHydrationWarning className="wrap-anywhere">
        {ruleWords(rule, timeZone, now)}
      </p>
      <p suppressHydrationWarning className="wrap-anywhere">
        {nextAt === undefined ? (
          task.state === 'done' ? (
            <span className="text-soft">{say.neverAgain}</span>
          ) : null
        ) : (
          <>
            {say.next(timeWords(nextAt, timeZone, mine, now))}
            {nextAt - now < DAY ? (
              <span suppressHydrationWarning className="text-soft">
                {' '}
                · {countdownWords(nextAt, now)}
              </span>
            ) : null}
          </>
        )}
      </p>
      <p suppressHydrationWarning className="text-soft wrap-anywhere">
        {lastWords(task, mine, now)}
        {task.runs > 1 ? ` · ${say.runs(task.runs)}` : ''}
        {task.createdBy === 'agent' ? ` · ${say.byAgent}` : ''}
      </p>
    </div>
  )
}

/** One thing at a time with one task. */
function useDoing(key: string) {
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' })
  const ask = async (doing: Doing, press: () => Promise<Ran | null>) => {
    if (progress.kind === 'asking') return
    setProgress({ kind: 'asking', doing })
    try {
      const how = await press()
      setProgress(how === null ? { kind: 'idle' } : { kind: 'ran', how })
    } catch (cause) {
      console.warn(`The task ${key} stays as it is.`, cause)
      setProgress({ kind: 'failed', why: explainSchedule(cause) })
    }
  }
  return { progress, ask }
}
