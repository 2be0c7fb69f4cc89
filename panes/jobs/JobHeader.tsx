// How a job stands, and what can be done about it.
import { MessageSquareText, RotateCw, Square } from 'lucide-react'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Lamp } from '../../components/Lamp.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { strings } from '../../components/strings.ts'
import { useAsking } from '../chat/useAsking.ts'
import { ThreadLink } from '../workspace/ThreadLink.tsx'
import type { ContextData } from './JobContext.tsx'
import type { JobDoings } from './JobView.tsx'
import type { JobData } from './jobData.ts'
import { describeStanding } from './jobWords.ts'

const say = jobsStrings.job

type JobHeaderProps = { job: JobData; context: ContextData | null | undefined; now: number; doings: JobDoings }

export function JobHeader({ job, context, now, doings }: JobHeaderProps) {
  const { tone, words, more } = describeStanding(job, now)
  const { threadId, threadTitle } = job
  return (
    <header>
      <h2 className="font-serif text-xl font-semibold wrap-anywhere">
        {threadTitle === '' ? strings.threads.untitled : threadTitle}
      </h2>
      <p className="mt-1 flex items-center gap-2.5">
        <Lamp tone={tone} />
        <span>
          <strong className="font-medium">{words}</strong>
          {more === undefined ? null : (
            <span suppressHydrationWarning className="text-soft tabular-nums">
              {' · '}
              {more}
            </span>
          )}
        </span>
      </p>
      <div className="mt-2 -ml-1 flex flex-wrap items-center gap-1.5">
        <Control job={job} doings={doings} />
        <ThreadLink
          threadId={threadId}
          title={threadTitle}
          className="inline-flex min-h-9 items-center gap-1.5 rounded-full px-3 text-soft transition-colors hover:bg-hover hover:text-ink"
        >
          <MessageSquareText size={14} aria-hidden="true" />
          {say.showThread}
        </ThreadLink>
        <CopyButton label={say.copyJson} text={() => JSON.stringify({ ...job, context: context ?? null }, null, 2)} />
      </div>
    </header>
  )
}

function Control({ job: { status, messageId }, doings }: { job: JobData; doings: JobDoings }) {
  const { isAsking, why, ask } = useAsking()
  const isOver = status === 'failed' || status === 'cancelled'
  if (status === 'completed') return null
  return (
    <>
      <QuietButton
        tone="framed"
        aria-disabled={isAsking}
        onClick={() =>
          isOver
            ? ask(() => doings.retry(messageId), say.retryFailed)
            : ask(() => doings.stop(messageId), say.stopFailed)
        }
      >
        {isOver ? (
          <RotateCw size={14} aria-hidden="true" className={isAsking ? 'animate-spin' : undefined} />
        ) : (
          <Square size={11} fill="currentColor" aria-hidden="true" />
        )}
        {isOver ? say.retry : say.stop}
      </QuietButton>
      {why === null ? null : (
        <span role="alert" className="text-bad">
          {why}
        </span>
      )}
    </>
  )
}
