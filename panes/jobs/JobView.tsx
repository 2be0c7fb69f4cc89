'use client'
// A job as it is shown: how it stands, the picture, what went wrong, tries, waits, figures, and what went into it.
import { jobsStrings } from '../../components/strings/jobs.ts'
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
  return (
    <div data-status={job.status} className="@container space-y-6 text-sm">
      <JobHeader job={job} context={context} now={now} doings={doings} />
      {job.error === undefined ? null : <JobTrouble error={job.error} now={now} />}
      <JobSection title={jobsStrings.timeline.title}>
        <JobTimeline job={job} now={now} />
      </JobSection>
      <JobTries job={job} now={now} />
      <JobWaits job={job} now={now} open={doings.openJob} />
      <JobFacts job={job} />
      <JobContext context={context} />
    </div>
  )
}
