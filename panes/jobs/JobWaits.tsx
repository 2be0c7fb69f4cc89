// What the job waited for, how each wait ended, and the jobs before and after it.
import { Lamp } from '../../components/Lamp.tsx'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { strings } from '../../components/strings.ts'
import { countdownWords, momentWords } from '../chat/countdownWords.ts'
import { describeEnd } from '../chat/describeEnd.ts'
import { durationWords } from './durationWords.ts'
import { JobSection } from './JobSection.tsx'
import type { JobData } from './jobData.ts'

const { waits: say, now: sayNow, statuses } = jobsStrings

type JobWaitsProps = { job: JobData; now: number; open: (messageId: string) => void }

export function JobWaits({ job, now, open }: JobWaitsProps) {
  const { waits, goesOn, cameFrom } = job
  if (waits.length === 0 && goesOn.length === 0 && cameFrom === null) return null
  return (
    <JobSection title={waits.length === 0 ? say.neighbours : say.title}>
      {cameFrom === null ? null : (
        <p>
          {say.cameFrom} <JobButton open={() => open(cameFrom)}>{say.previousJob}</JobButton>
        </p>
      )}
      <ul className="space-y-2">
        {waits.map((wait) => (
          <WaitLine key={wait.waitId} wait={wait} now={now} />
        ))}
      </ul>
      {goesOn.map(({ messageId, status }, at) => (
        <p key={messageId}>
          {say.wentOn} <JobButton open={() => open(messageId)}>{say.nextJob(at + 1, statuses[status])}</JobButton>
        </p>
      ))}
    </JobSection>
  )
}

function WaitLine({ wait, now }: { wait: JobData['waits'][number]; now: number }) {
  const { kind, state, openedAt, endedAt, until } = wait
  const isOpen = state === 'open'
  const { words, about } = describeEnd(wait)
  const expiry = kind === 'time' ? sayNow.goesOn : sayNow.expires
  return (
    <li className="rounded-xl border border-line bg-raised px-4 py-3">
      <p className="flex items-center gap-2.5 font-medium">
        <Lamp tone={isOpen ? (kind === 'time' ? 'held' : 'asks') : 'quiet'} />
        {strings.waits.names[kind]}
      </p>
      {about === undefined ? null : <p className="wrap-anywhere">{about}</p>}
      {isOpen ? (
        <p role="timer" suppressHydrationWarning className="text-soft tabular-nums">
          {expiry(countdownWords(until, now))}
        </p>
      ) : (
        <p suppressHydrationWarning className="text-soft">
          {words}
          {endedAt === undefined
            ? ''
            : ` · ${momentWords(endedAt, now)} · ${say.lasted(durationWords(endedAt - openedAt))}`}
        </p>
      )}
    </li>
  )
}

function JobButton({ open, children }: { open: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={open}
      className="inline-flex min-h-9 items-center rounded-sm text-lamp underline decoration-1 underline-offset-3"
    >
      {children}
    </button>
  )
}
