import { describe, expect, it } from 'vitest'
import { chatErrors } from '../chat/chatError.ts'
import { decideRetry, type ErrorClass, LONGEST_WAIT_MS, retryPolicy } from './retryPolicy.ts'

const now = 1_800_000_000_000
const classes = Object.keys(retryPolicy) as ErrorClass[]

function delays(errorClass: ErrorClass): number[] {
  const waits: number[] = []
  for (let failures = 0; ; failures++) {
    const decision = decideRetry({ class: errorClass, problem: '' }, failures, now)
    if (decision.kind === 'give-up') return waits
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
    ['tool', [1, 5]],
    ['unknown', [2, 10]],
  ] satisfies [ErrorClass, number[]][])('waits after %s: %j seconds, then gives up', (errorClass, expected) => {
    expect(delays(errorClass)).toEqual(expected)
  })

  it('has a cell above for every class', () => {
    expect(classes).toHaveLength(15)
  })

  it('says what it waits for while it waits, and what to do when it gives up', () => {
    for (const errorClass of classes) {
      const decision = decideRetry({ class: errorClass, problem: 'secret words of the provider' }, 99, now)
      expect(decision).toEqual({
        kind: 'give-up',
        error: { code: retryPolicy[errorClass].code, message: chatErrors[retryPolicy[errorClass].code].message },
      })
    }
    expect(decideRetry({ class: 'overloaded', problem: 'secret' }, 0, now)).toEqual({
      kind: 'retry',
      retryAt: now + 1_000,
      error: { code: 'model-unavailable', message: 'The model did not answer.' },
    })
  })

  it('waits as long as the provider asks, not less, and at least a second', () => {
    const wait = (retryAfterMs: number) => {
      const decision = decideRetry({ class: 'rate-limited', retryAfterMs, problem: '' }, 0, now)
      return decision.kind === 'retry' ? decision.retryAt - now : 'give-up'
    }
    expect(wait(7_000)).toBeGreaterThanOrEqual(7_000)
    expect(wait(7_000)).toBeLessThan(8_000)
    expect(wait(0)).toBe(1_000)
    expect(wait(LONGEST_WAIT_MS)).toBeGreaterThanOrEqual(LONGEST_WAIT_MS)
    expect(wait(LONGEST_WAIT_MS + 1)).toBe('give-up')
  })

  it('names the minutes when the provider asks for too many', () => {
    const decision = decideRetry({ class: 'rate-limited', retryAfterMs: 3_600_000, problem: '' }, 0, now)
    expect(decision.error.message).toBe('The model is busy. It asks to be left alone for 60 minutes.')
  })

  it('never hangs for good: every class ends within six tries and five minutes of waiting', () => {
    for (const errorClass of classes) {
      const waits = delays(errorClass)
      expect(waits.length).toBeLessThan(6)
      expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(300)
    }
  })
})
