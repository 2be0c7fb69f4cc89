'use client'
// The job beside its message, live. Loaded when somebody looks.
import { useMutation, useQuery } from 'convex/react'
import { useMemo, useRef } from 'react'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { useNow } from '../../components/useNow.ts'
import { api } from '../../convex/_generated/api.js'
import { useAnswerWait } from '../chat/useAnswerWait.ts'
import { useWorkspace } from '../workspace/workspaceContext.ts'
import { type JobDoings, JobView } from './JobView.tsx'
import type { JobData } from './jobData.ts'

const say = jobsStrings.job

type JobPaneProps = {
  messageId: string
  isReady: boolean
  /** Shows another job in this one's place; absent: beside the focused pane. */
  openJob?: (messageId: string) => void
}

export function JobPane({ messageId, isReady, openJob }: JobPaneProps) {
  const job = useKept(useQuery(api.jobs.inspect, isReady ? { messageId } : 'skip'), messageId)
  const context = useQuery(api.jobs.context, isReady ? { messageId } : 'skip')
  const doings = useJobDoings(openJob)
  const now = useNow(job !== null && job !== undefined && isLive(job))
  return (
    <div className="thin-scroll min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div className="mx-auto w-full max-w-[46rem] px-4 pt-4 pb-[max(2rem,var(--safe-bottom))] sm:px-6">
        {job === undefined ? <Loading /> : null}
        {job === null ? <Gone /> : null}
        {job ? <JobView job={job} context={context} now={now} doings={doings} /> : null}
      </div>
    </div>
  )
}

/** Something of it changes with the time alone. */
const isLive = ({ status }: JobData): boolean => status === 'pending' || status === 'processing' || status === 'waiting'

/** What was there stays while the connection signs in again. */
function useKept<T>(fresh: T | undefined, key: string): T | undefined {
  const kept = useRef<{ key: string; value: T | undefined }>({ key, value: fresh })
  if (fresh !== undefined || kept.current.key !== key) kept.current = { key, value: fresh }
  return kept.current.value
}

function useJobDoings(openJob: JobPaneProps['openJob']): JobDoings {
  const stop = useMutation(api.turns.stop)
  const retry = useMutation(api.turns.retry)
  const answer = useAnswerWait()
  const { openBeside } = useWorkspace()
  return useMemo(
    () => ({
      stop: (messageId) => stop({ messageId }),
      retry: (messageId) => retry({ messageId }),
      answer,
      openJob: openJob ?? ((messageId) => openBeside({ kind: 'job', messageId })),
    }),
    [stop, retry, answer, openJob, openBeside],
  )
}

function Loading() {
  return (
    <div role="status" aria-label={say.loading} className="animate-pulse space-y-4 pt-2">
      <div className="h-5 w-48 rounded-full bg-bubble" />
      <div className="h-36 rounded-xl bg-bubble" />
    </div>
  )
}

function Gone() {
  return (
    <div className="py-16 text-center">
      <p className="font-serif text-lg font-semibold">{say.gone}</p>
      <p className="text-sm text-soft">{say.goneLead}</p>
    </div>
  )
}
