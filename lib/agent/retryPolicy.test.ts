import { describe, expect, it } from 'vitest'
import { chatErrors } from '../chat/chatError.ts'
import { MOST_MODELS } from '../model/orderModels.ts'
import {
  decideRetry as decide,
  type ErrorClass,
  type Failure,
  LONGEST_WAIT_MS,
  LONGEST_WAIT_WITH_NEXT_MS,
  retryPolicy,
} from './retryPolicy.ts'

const now = 1_800_000_000_000
const classes = Object.keys(retryPolicy) as ErrorClass[]

const decideRetry = (failure: Failure, failures: number, at: number, hasNext: boolean, fallbacks = 0) =>
  decide(failure, { failures, fallbacks, hasNext }, at)

function delays(errorClass: ErrorClass, fallbacks = 0): number[] {
  const waits: number[] = []
  for (let failures = 0; ; failures++) {
    const decision = decideRetry({ class: errorClass, problem: '' }, failures, now, false, fallbacks)
    if (decision.kind !== 'retry') return waits
    waits.push((decision.retryAt - now) / 1_000)
  }
}

describe('the retry table', () => {
  it.each([
    ['rate-limited', [5, 15, 30, 60, 120]],
    ['overloaded', [1, 3, 8, 20, 45]],
    ['connection', [1, 2, 5, 15, 30]],
    ['garbled', [1, 3]],
    ['stalled', [1]],
    ['empty', [1]],
    ['refused', []],
    ['rejected', []],
    ['misconfigured', []],
    ['quota', []],
    ['context-too-long', []],
    ['reply-too-long', []],
    ['too-many-steps', []],
    ['unknown', [2, 10]],
  ] satisfies [ErrorClass, number[]][])('waits after %s: %j seconds, then gives up', (errorClass, expected) => {
    expect(delays(errorClass)).toEqual(expected)
  })

  it('has a cell above for every class', () => {
    expect(classes).toHaveLength(14)
  })

  it('says what it waits for while it waits, and what to do when it gives up', () => {
    for (const errorClass of classes) {
      const decision = decideRetry({ class: errorClass, problem: 'secret words of the provider' }, 99, now, false)
      expect(decision).toEqual({
        kind: 'give-up',
        error: { code: retryPolicy[errorClass].code, message: chatErrors[retryPolicy[errorClass].code].message },
      })
    }
    expect(decideRetry({ class: 'overloaded', problem: 'secret' }, 0, now, false)).toEqual({
      kind: 'retry',
      retryAt: now + 1_000,
      error: { code: 'model-unavailable', message: 'The model did not answer.' },
    })
  })

  it('waits as long as the provider asks, not less, and at least a second', () => {
    const wait = (retryAfterMs: number, hasNext = false) => {
      const decision = decideRetry({ class: 'rate-limited', retryAfterMs, problem: '' }, 0, now, hasNext)
      return decision.kind === 'retry' ? decision.retryAt - now : decision.kind
    }
    expect(wait(7_000)).toBeGreaterThanOrEqual(7_000)
    expect(wait(7_000)).toBeLessThan(8_000)
    expect(wait(0)).toBe(1_000)
    expect(wait(LONGEST_WAIT_MS)).toBeGreaterThanOrEqual(LONGEST_WAIT_MS)
    expect(wait(LONGEST_WAIT_MS + 1)).toBe('give-up')
    expect(wait(LONGEST_WAIT_WITH_NEXT_MS, true)).toBeGreaterThanOrEqual(LONGEST_WAIT_WITH_NEXT_MS)
    expect(wait(LONGEST_WAIT_WITH_NEXT_MS + 1, true)).toBe('next-model')
  })

  it('names the minutes when the provider asks for too many', () => {
    const decision = decideRetry({ class: 'rate-limited', retryAfterMs: 3_600_000, problem: '' }, 0, now, false)
    expect(decision.error.message).toBe('The model is busy. It asks to be left alone for 60 minutes.')
  })

  it('never hangs for good: every class ends within six tries and five minutes of waiting', () => {
    for (const errorClass of classes) {
      const waits = delays(errorClass)
      expect(waits.length).toBeLessThan(6)
      expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(300)
    }
  })

  it('asks the next model where another may do better, after the same tries; not where the request is at fault', () => {
    const lastTry = (errorClass: ErrorClass) => decideRetry({ class: errorClass, problem: '' }, 99, now, true).kind
    const next = classes.filter((errorClass) => lastTry(errorClass) === 'next-model')
    expect(new Set(next)).toEqual(
      new Set([
        'connection',
        'empty',
        'garbled',
        'misconfigured',
        'overloaded',
        'quota',
        'rate-limited',
        'rejected',
        'stalled',
      ]),
    )
    expect(decideRetry({ class: 'overloaded', problem: '' }, 4, now, true).kind).toBe('retry')
    expect(decideRetry({ class: 'quota', problem: '' }, 0, now, true)).toEqual({
      kind: 'next-model',
      error: { code: 'model-quota', message: chatErrors['model-quota'].message },
    })
  })

  it('has less patience with a model that stands in for another', () => {
    expect(delays('overloaded', 1)).toEqual([1, 3])
    expect(delays('quota', 1)).toEqual([])
  })

  it('fits into one run of Inngest, which calls a step 21 times, however many models a turn has', () => {
    const throws = delays('overloaded').length + (MOST_MODELS - 1) * (1 + delays('overloaded', 1).length)
    expect(throws).toBeLessThan(20)
  })
})
