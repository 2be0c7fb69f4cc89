'use client'
// A job as it is shown: how it stands, what it waits for, what went wrong, the picture, tries, figures, and what went into it.
import { jobsStrings } from '../../components/strings/jobs.ts'
import type { AnswerWait } from '../chat/useAnswering.ts'
import { type ContextData, JobContext } from './JobContext.tsx'
import { JobFacts } from './JobFacts.tsx'
import { JobHeader } from './JobHeader.tsx'
import { JobSection } from './JobSection.tsx'
import { JobTimeline } from './JobTimeline.tsx'
import { JobTries } from './JobTries.tsx'
import { JobTrouble } from './JobTrouble.tsx'
import { JobWaits } from './JobWaits.tsx'
import type { JobData } from './jobData.ts'

export type JobDoings = {
  stop: (messageId: string) => Promise<unknown>
  retry: (messageId: string) => Promise<unknown>
  openJob: (messageId: string) => void
  answer: AnswerWait
}

type JobViewProps = {
  job: JobData
  /** Null: nothing was noted. Undefined: on its way. */
  context: ContextData | null | undefined
  now: number
  doings: JobDoings
}

/** Apart from the pane for the fixtures page, which has no database to ask. */
export function JobView({ job, context, now, doings }: JobViewProps) {
  const waits = <JobWaits job={job} answer={doings.answer} open={doings.openJob} />
  const isFirst = job.waits.length > 0
  return (
    <div data-status={job.status} className="@container space-y-6 text-sm">
      <JobHeader job={job} context={context} now={now} doings={doings} />
      {job.error === undefined ? null : <JobTrouble error={job.error} now={now} />}
      {/* What somebody may have to answer is not looked for below a long picture. */}
      {isFirst ? waits : null}
      <JobSection title={jobsStrings.timeline.title}>
        <JobTimeline job={job} now={now} />
      </JobSection>
      <JobTries job={job} now={now} />
      {isFirst ? null : waits}
      <JobFacts job={job} />
      <JobContext context={context} />
    </div>
  )
}
