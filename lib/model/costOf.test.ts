import { describe, expect, it } from 'vitest'
import { costOf } from './costOf.ts'
import { spendOfCut } from './spendOfCut.ts'

const price = { inputMicros: 2_000_000, cachedMicros: 200_000, outputMicros: 8_000_000 }

describe('the cost of a call', () => {
  it('is that of its input, of its cached input and of its output', () => {
    expect(costOf(price, { inputTokens: 1_000, outputTokens: 100 })).toBe(2_800)
    expect(costOf(price, { inputTokens: 1_000, cachedInputTokens: 400, outputTokens: 100 })).toBe(1_200 + 80 + 800)
  })

  it('is a whole number of micros, and never below nothing', () => {
    expect(costOf(price, { inputTokens: 1, cachedInputTokens: 1, outputTokens: 0 })).toBe(0)
    expect(costOf(price, { inputTokens: 5, cachedInputTokens: 50, outputTokens: 0 })).toBe(1)
  })

  it('is not guessed when price or tokens are unknown', () => {
    expect(costOf(undefined, { inputTokens: 1, outputTokens: 1 })).toBeUndefined()
    expect(costOf(price, undefined)).toBeUndefined()
    expect(costOf(price, { inputTokens: 1 })).toBeUndefined()
  })
})

describe('the cost of a call that was cut', () => {
  it('is that of its length, roughly; of nothing nothing is known', () => {
    // 400 characters in (with its quotes), 40 out.
    expect(spendOfCut(price, 'x'.repeat(398), 40)).toEqual({ costMicros: 200 + 80 })
    expect(spendOfCut(price, 'x'.repeat(398), 0)).toBeUndefined()
    expect(spendOfCut(undefined, 'x', 40)).toBeUndefined()
  })
})
