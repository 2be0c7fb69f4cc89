import { expect, test } from 'vitest'
import { readRing, ringDidNotRun, summarize } from './sumResults.ts'

function report(
  statuses: string[],
  more: { success?: boolean; emptyFile?: string; failedBefore?: number } = {},
): string {
  const count = (status: string) => statuses.filter((each) => each === status).length
  const assertionResults = statuses.map((status, index) => ({
    fullName: `test ${index}`,
    status,
    failureMessages: more.failedBefore === index ? ['not within 30000 ms'] : [],
  }))
  const files = [{ name: 'a.test.ts', message: '', assertionResults }].filter(
    (file) => file.assertionResults.length > 0,
  )
  return JSON.stringify({
    success: more.success ?? count('failed') === 0,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: count('todo'),
    testResults: more.emptyFile ? [...files, { name: more.emptyFile, assertionResults: [] }] : files,
  })
}

test('passed and failed tests are counted, failed ones named', () => {
  expect(readRing('contract', report(['passed', 'failed', 'passed']), 1)).toEqual({
    ring: 'contract',
    passed: 2,
    failed: 1,
    failures: ['contract: test 1'],
    unsteady: [],
  })
})

test('a skipped test counts as failed', () => {
  expect(readRing('browser', report(['passed', 'pending', 'todo', 'skipped']), 0).failed).toBe(3)
})

test('a file that could not be loaded counts as failed', () => {
  expect(readRing('stack', report(['passed'], { emptyFile: 'broken.test.ts', success: false }), 1)).toMatchObject({
    passed: 1,
    failed: 1,
    failures: [expect.stringContaining('broken.test.ts')],
  })
})

test('an error outside of the tests counts as failed', () => {
  expect(readRing('crash', report(['passed']), 1).failed).toBe(1)
})

test('a ring without tests, or that was killed, counts as failed', () => {
  expect(readRing('crash', report([]), 0).failed).toBe(1)
  expect(readRing('crash', undefined, 137).failed).toBe(1)
})

test('a test that passed only when it was run again is named', () => {
  const ring = readRing('browser', report(['passed', 'passed'], { failedBefore: 1 }), 0)
  expect(ring).toMatchObject({ passed: 2, failed: 0, unsteady: ['browser: test 1'] })
  expect(summarize([ring]).lines).toEqual(['UNSTEADY (failed, then passed) browser: test 1', '2 passed, 0 failed'])
})

test('the last line is plain', () => {
  const rings = [readRing('decisions', report(['passed', 'passed']), 0), ringDidNotRun('browser', 'no chromium')]
  expect(summarize(rings)).toEqual({ lines: ['FAILED browser: no chromium', '2 passed, 1 failed'], failed: 1 })
})
