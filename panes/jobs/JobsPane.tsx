'use client'
// The jobs of all threads: numbers and charts, the list, and beside it (on a phone over it) the job that is looked into.
import { X } from 'lucide-react'
import { type RefObject, useEffect, useRef } from 'react'
import { IconButton } from '../../components/IconButton.tsx'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { strings } from '../../components/strings.ts'
import { useNow } from '../../components/useNow.ts'
import { goBackTo, goTo, useAddress } from '../workspace/threadRoute.ts'
import { JobList } from './JobList.tsx'
import { JobPane } from './JobPane.tsx'
import { JobsOverview } from './JobsOverview.tsx'
import type { JobSummary } from './jobData.ts'
import { type JobFilter, parseShown, printShown } from './jobsRoute.ts'
import { useJobs, useSummary } from './useJobs.ts'

const say = jobsStrings.page

export function JobsPane({ isReady }: { isReady: boolean }) {
  const { filter, jobId } = parseShown(useAddress())
  const { jobs, loadMore } = useJobs(filter, isReady)
  const now = useNow(true, jobs?.some(({ settledAt }) => settledAt === undefined) ? 1_000 : 30_000)
  const summary = useSummary(now, isReady)
  const pane = useRef<HTMLDivElement>(null)
  useFocusJob(pane, jobId)
  const show = (next: JobFilter) => goTo(printShown({ filter: next, jobId }), 'replace')
  const inspect = (messageId: string) =>
    goTo(
      printShown({ filter, jobId: messageId }),
      jobId === null ? 'push' : 'replace',
      printShown({ filter, jobId: null }),
    )
  const close = () => {
    const list = printShown({ filter, jobId: null })
    if (!goBackTo(list)) goTo(list)
  }
  return (
    <div ref={pane} className="@container relative flex min-h-0 flex-1">
      <section
        aria-label={strings.jobs.name}
        className={`thin-scroll min-h-0 min-w-0 flex-1 overflow-y-auto overscroll-contain ${jobId === null ? '' : '@max-4xl:hidden'}`}
      >
        <div className="@container mx-auto w-full max-w-[52rem] space-y-6 px-4 pt-2 pb-[max(2rem,var(--safe-bottom))] sm:px-8">
          {summary === null ? <div className="h-64" /> : null}
          {summary !== null && hasAnything(summary) ? <JobsOverview summary={summary} show={show} /> : null}
          <JobList {...{ jobs, filter, openId: jobId, now, show, inspect, loadMore }} />
        </div>
      </section>
      {jobId === null ? null : (
        <aside
          aria-label={strings.panes.job}
          tabIndex={-1}
          data-job=""
          className="flex min-h-0 w-full flex-col outline-none @4xl:w-[27rem] @4xl:border-l @4xl:border-line"
        >
          <div className="flex h-11 shrink-0 items-center justify-end px-2">
            <IconButton label={say.close} onClick={close}>
              <X size={18} aria-hidden="true" />
            </IconButton>
          </div>
          <JobPane key={jobId} messageId={jobId} isReady={isReady} openJob={inspect} />
        </aside>
      )}
    </div>
  )
}

/** Nobody looks at empty charts. */
function hasAnything({ running, waiting, needsYou, failed, days, hours }: JobSummary): boolean {
  const ended = hours.some((hour) => hour.done + hour.failed + hour.stopped > 0)
  return running + waiting + needsYou + failed > 0 || ended || days.some(({ micros }) => micros > 0)
}

/** To the job when it opens, back to its button when it closes. */
function useFocusJob(pane: RefObject<HTMLElement | null>, jobId: string | null) {
  const last = useRef<string | null>(null)
  useEffect(() => {
    const before = last.current
    last.current = jobId
    if (jobId === before) return
    const target = jobId === null ? `[data-inspect="${CSS.escape(before ?? '')}"]` : '[data-job]'
    pane.current?.querySelector<HTMLElement>(target)?.focus({ preventScroll: true })
  }, [pane, jobId])
}
