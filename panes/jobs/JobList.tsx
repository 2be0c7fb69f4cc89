// The jobs that a filter lets through, newest first.
import { ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { QuietButton } from '../../components/QuietButton.tsx'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { JobItem } from './JobItem.tsx'
import type { JobRow } from './jobData.ts'
import { type JobFilter, jobFilters } from './jobsRoute.ts'

const say = jobsStrings.page

export type JobListProps = {
  /** Null while they are fetched for the first time. */
  jobs: readonly JobRow[] | null
  filter: JobFilter
  openId: string | null
  now: number
  show: (filter: JobFilter) => void
  inspect: (messageId: string) => void
  loadMore: (() => void) | undefined
}

export function JobList({ jobs, filter, openId, now, show, inspect, loadMore }: JobListProps) {
  return (
    <section aria-label={say.list}>
      <div className="-mx-4 overflow-x-auto px-4 py-1 [scrollbar-width:none] sm:-mx-8 sm:px-8">
        <ChoiceGroup
          label={say.filter}
          choices={jobFilters.map((value) => ({ value, label: say.filters[value] }))}
          value={filter}
          choose={show}
        />
      </div>
      {jobs === null ? <Loading /> : null}
      {jobs?.length === 0 ? (
        <p className="py-10 text-center text-soft">{filter === 'all' ? say.emptyAll : say.empty[filter]}</p>
      ) : null}
      <ul className="divide-y divide-line">
        {jobs?.map((job) => (
          <JobItem
            key={job.messageId}
            job={job}
            now={now}
            isOpen={job.messageId === openId}
            inspect={() => inspect(job.messageId)}
          />
        ))}
      </ul>
      {loadMore === undefined ? null : <QuietButton onClick={loadMore}>{say.more}</QuietButton>}
    </section>
  )
}

function Loading() {
  return (
    <div role="status" aria-label={say.loading} className="animate-pulse space-y-3 pt-4">
      <div className="h-12 rounded-xl bg-bubble" />
      <div className="h-12 rounded-xl bg-bubble" />
    </div>
  )
}
