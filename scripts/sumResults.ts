/** Adds up what the rings of tests reported. Whatever did not run counts as failed: nothing is skipped in silence. */
import { z } from 'zod'

const report = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
})

export interface RingResult {
  ring: string
  passed: number
  failed: number
  /** What a person has to look at: a test, a file that could not be loaded, a ring that did not run. */
  failures: string[]
  /** Tests that failed at first and passed when they were run again: they, too, are to be looked into. */
  unsteady: string[]
}

export const ringDidNotRun = (ring: string, why: string): RingResult => ({
  ring,
  passed: 0,
  failed: 1,
  failures: [`${ring}: ${why}`],
  unsteady: [],
})

/** `json`: what vitest wrote; undefined when it wrote nothing. `exitCode` is vitest's own opinion. */
export function readRing(ring: string, json: string | undefined, exitCode: number): RingResult {
  if (json === undefined) return ringDidNotRun(ring, `the tests did not run to their end (exit ${exitCode})`)
  const results = report.parse(JSON.parse(json))
  const tests = results.testResults.flatMap((file) => file.assertionResults)
  const failures = tests
    .filter(({ status }) => status !== 'passed')
    .map(({ fullName, status }) => `${ring}: ${fullName}${status === 'failed' ? '' : ` (${status})`}`)
  const unsteady = tests
    .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
    .map(({ fullName }) => `${ring}: ${fullName}`)
  // A file that throws while it is loaded has no tests to fail.
  for (const file of results.testResults) {
    if (file.assertionResults.length === 0) failures.push(`${ring}: ${file.name} has no tests, or could not be loaded`)
  }
  if (tests.length === 0 && failures.length === 0) failures.push(`${ring}: no tests were found`)
  // An error outside of every test (a promise nobody awaited) fails a run in which all tests passed.
  if (failures.length === 0 && (exitCode !== 0 || !results.success)) {
    failures.push(`${ring}: an error outside of the tests, see above`)
  }
  return { ring, passed: results.numPassedTests, failed: failures.length, failures, unsteady }
}

export function summarize(rings: RingResult[]): { lines: string[]; failed: number } {
  const passed = rings.reduce((sum, ring) => sum + ring.passed, 0)
  const failed = rings.reduce((sum, ring) => sum + ring.failed, 0)
  const failures = rings.flatMap((ring) => ring.failures.map((failure) => `FAILED ${failure}`))
  const unsteady = rings.flatMap((ring) => ring.unsteady.map((test) => `UNSTEADY (failed, then passed) ${test}`))
  return { lines: [...unsteady, ...failures, `${passed} passed, ${failed} failed`], failed }
}
