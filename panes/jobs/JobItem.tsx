// A job in the list: which chat, how it stands, when, how long, what it cost; and the way to look into it.
import { Activity } from 'lucide-react'
import { useModels } from '../../components/BrowserSettings.tsx'
import { Lamp } from '../../components/Lamp.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { strings } from '../../components/strings.ts'
import { formatMicros } from '../../lib/chat/formatMicros.ts'
import { countdownWords, momentWords } from '../chat/countdownWords.ts'
import { labelOf } from '../chat/modelWords.ts'
import { ThreadLink } from '../workspace/ThreadLink.tsx'
import { durationWords } from './durationWords.ts'
import type { JobRow } from './jobData.ts'
import { toneOfRow } from './jobWords.ts'

const { page: say, now: sayNow, statuses, facts } = jobsStrings

type JobItemProps = { job: JobRow; now: number; isOpen: boolean; inspect: () => void }

export function JobItem({ job, now, isOpen, inspect }: JobItemProps) {
  const { messageId, threadId, threadTitle, status, error } = job
  const title = threadTitle === '' ? strings.threads.untitled : threadTitle
  return (
    <li data-status={status} className="flex items-start gap-3 py-3">
      <span className="grid h-6 w-4 shrink-0 place-items-center">
        <Lamp tone={toneOfRow(job)} />
      </span>
      <div className="min-w-0 flex-1">
        <ThreadLink
          threadId={threadId}
          title={title}
          className="block truncate rounded-sm text-[0.9375rem] font-medium hover:text-lamp hover:underline hover:underline-offset-3"
        />
        <Line job={job} now={now} />
        {error === undefined ? null : <p className="text-sm wrap-anywhere text-bad">{error.message}</p>}
      </div>
      <QuietButton
        tone="framed"
        data-inspect={messageId}
        aria-label={say.inspectJob(title)}
        aria-pressed={isOpen}
        onClick={inspect}
        className="shrink-0 aria-pressed:border-lamp"
      >
        <Activity size={14} aria-hidden="true" />
        {say.inspect}
      </QuietButton>
    </li>
  )
}

function Line({ job, now }: { job: JobRow; now: number }) {
  const models = useModels()
  const { status, cause, createdAt, model, costMicros } = job
  const words = [
    // A chat has many jobs: what a message began is the usual one.
    cause === 'message' ? '' : facts.causes[cause],
    momentWords(createdAt, now),
    courseOf(job, now),
    costMicros === undefined ? '' : formatMicros(costMicros),
    model === undefined ? '' : labelOf(models, model),
  ].filter((word) => word !== '')
  return (
    <p suppressHydrationWarning className="text-sm text-soft tabular-nums">
      <span className="text-ink">{statuses[status]}</span>
      {words.map((word) => ` · ${word}`).join('')}
    </p>
  )
}

/** How long it took or takes; when it is tried again. */
function courseOf({ detail, startedAt, settledAt, createdAt, status }: JobRow, now: number): string {
  if (detail?.kind === 'retrying' && status === 'processing' && detail.at > now)
    return sayNow.retryingIn(countdownWords(detail.at, now))
  if (settledAt !== undefined) return startedAt === undefined ? '' : sayNow.took(durationWords(settledAt - startedAt))
  return sayNow.since(durationWords(now - (startedAt ?? createdAt)))
}
