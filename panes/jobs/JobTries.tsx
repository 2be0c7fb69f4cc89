// The steps that needed more than one try: each try, how it ended and why, and when the next one is due.
import { clockToSecond } from '../../components/clockTime.ts'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { countdownWords } from '../chat/countdownWords.ts'
import { durationWords } from './durationWords.ts'
import { JobSection } from './JobSection.tsx'
import type { JobData, StepData, TryData } from './jobData.ts'
import { nameOfStep } from './jobWords.ts'
import { triesOf } from './layTimeline.ts'
import { troubleOf } from './troubleOf.ts'

const say = jobsStrings.tries

/** Something went wrong, or had to be done anew. */
const isNotable = (step: StepData): boolean =>
  step.try > 1 || triesOf(step).some(({ code }) => code !== undefined && code !== 'stopped')

export function JobTries({ job, now }: { job: JobData; now: number }) {
  const steps = job.steps.filter(isNotable)
  if (steps.length === 0 && job.restarts === 0) return null
  const tries = steps.reduce((sum, step) => sum + step.try, 0)
  return (
    <JobSection title={say.title}>
      {tries > steps.length ? <p className="text-soft">{say.lead(tries, steps.length)}</p> : null}
      {job.restarts > 0 ? <p className="text-soft">{say.restarts(job.restarts)}</p> : null}
      {steps.map((step) => (
        <StepTries key={step.step} step={step} isOver={job.settledAt !== undefined} now={now} />
      ))}
    </JobSection>
  )
}

type StepTriesProps = { step: StepData; isOver: boolean; now: number }

function StepTries({ step, isOver, now }: StepTriesProps) {
  const tries = triesOf(step)
  const name = nameOfStep(step)
  const earlier = step.try - tries.length
  return (
    <div className="rounded-xl border border-line bg-raised px-4 py-3">
      <h4 className="font-medium wrap-anywhere">
        {name} <span className="font-mono text-xs font-normal text-soft">{step.step}</span>
      </h4>
      {earlier > 0 ? <p className="text-soft">{say.earlier(earlier)}</p> : null}
      <ol aria-label={name} className="mt-1 divide-y divide-line">
        {tries.map((one, at) => (
          <li key={one.openedAt} className="py-1.5">
            <p suppressHydrationWarning className="flex flex-wrap gap-x-2 text-soft tabular-nums">
              <span className="font-medium text-ink">{say.number(earlier + at + 1)}</span>
              <span suppressHydrationWarning>{say.at(clockToSecond(one.openedAt))}</span>
              {one.endedAt === undefined ? null : <span>{say.after(durationWords(one.endedAt - one.openedAt))}</span>}
            </p>
            <p className="wrap-anywhere">{outcomeOf(one, at < tries.length - 1 || isOver)}</p>
            <Cause code={one.code === tries[at + 1]?.code ? undefined : one.code} />
            {at === tries.length - 1 && !isOver ? <NextTry retryAt={step.retryAt} now={now} /> : null}
          </li>
        ))}
      </ol>
    </div>
  )
}

function outcomeOf({ endedAt, code, message }: TryData, isPast: boolean): string {
  if (endedAt === undefined) return isPast ? say.lost : say.running
  return code === undefined ? say.done : (message ?? code)
}

/** Said once, after the last of the tries that ended alike. */
function Cause({ code }: { code: string | undefined }) {
  if (code === undefined || code === 'stopped') return null
  return <p className="text-soft text-pretty">{troubleOf({ code, message: '' }).cause}</p>
}

function NextTry({ retryAt, now }: { retryAt: number | undefined; now: number }) {
  if (retryAt === undefined) return null
  return (
    <p role="timer" className="mt-0.5 font-medium text-lamp tabular-nums">
      {retryAt <= now ? say.nextNow : say.next(countdownWords(retryAt, now))}
    </p>
  )
}
