// What of the jobs is shown, as the address says: /jobs?filter=failed&job=<message id>. Pure.
import type { FunctionArgs } from 'convex/server'
import type { api } from '../../convex/_generated/api.js'

export type JobFilter = FunctionArgs<typeof api.jobs.page>['filter']
export type Shown = {
  filter: JobFilter
  /** Null: the list alone. */
  jobId: string | null
}

export const jobFilters = ['all', 'running', 'waiting', 'failed', 'stopped', 'done'] as const satisfies JobFilter[]
const root = '/jobs'

/** What it does not know it takes for nothing. */
export function parseShown(address: string): Shown {
  const query = new URLSearchParams(address.split('?')[1] ?? '')
  const jobId = query.get('job') ?? ''
  return {
    filter: jobFilters.find((one) => one === query.get('filter')) ?? 'all',
    jobId: /^[\w-]{1,64}$/.test(jobId) ? jobId : null,
  }
}

export function printShown({ filter, jobId }: Shown): string {
  const query = new URLSearchParams({
    ...(filter === 'all' ? {} : { filter }),
    ...(jobId === null ? {} : { job: jobId }),
  }).toString()
  return query === '' ? root : `${root}?${query}`
}
