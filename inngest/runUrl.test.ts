import { expect, it } from 'vitest'
import { runUrl } from './runUrl.ts'

it('is the hosted dashboard, unless the server is one’s own, or the setting names another place', () => {
  const own = 'http://10.0.0.7:8288'
  const chosen = 'https://jobs.example.com/run?runID={runId}'
  const of = (INNGEST_RUN_URL?: string, INNGEST_BASE_URL?: string) => runUrl({ INNGEST_RUN_URL, INNGEST_BASE_URL })
  expect(of()).toBe('https://app.inngest.com/env/production/runs/{runId}')
  expect(of(undefined, own)).toBeUndefined()
  expect(of(chosen, own)).toBe(chosen)
  expect(of(chosen)).toBe(chosen)
})
