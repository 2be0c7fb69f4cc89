import { expect, it } from 'vitest'
import { jobFilters, parseShown, printShown } from './jobsRoute.ts'

it('reads what it has written, for each filter, with and without a job', () => {
  for (const filter of jobFilters) {
    for (const jobId of [null, 'k57e0-x_1'])
      expect(parseShown(printShown({ filter, jobId }))).toEqual({ filter, jobId })
  }
  expect(printShown({ filter: 'all', jobId: null })).toBe('/jobs')
})

it('takes what it does not know for nothing', () => {
  expect(parseShown('/jobs?filter=lost&job=')).toEqual({ filter: 'all', jobId: null })
  expect(parseShown('/jobs?job=%3Cscript%3E')).toEqual({ filter: 'all', jobId: null })
  expect(parseShown(`/jobs?job=${'a'.repeat(65)}`)).toEqual({ filter: 'all', jobId: null })
})
