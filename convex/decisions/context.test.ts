/** The decisions about what a model is shown, and what is found. */
import { v } from 'convex/values'
import { describe, expect, test } from 'vitest'
import { chooseFold } from './chooseFold.ts'
import { cutJson, cutMiddle } from './chooseHistory.ts'
import { fitsValidator } from './fitsValidator.ts'
import { readInspection } from './readInspection.ts'
import { searchWords } from './searchWords.ts'
import { snippetOf } from './snippetOf.ts'

describe('a text that is cut', () => {
  test('keeps its beginning and its end, and says how much is left out', () => {
    expect(cutMiddle('abcdef', 6)).toBe('abcdef')
    expect(cutMiddle('abcdefg', 4)).toBe('ab\n… (3 characters are left out) …\nfg')
    expect(cutMiddle('a\u{1f600}\u{1f600}b', 4).isWellFormed()).toBe(true)
  })
  test('is JSON again when it was', () => {
    expect(cutJson('{"a":1}', 7)).toBe('{"a":1}')
    expect(JSON.parse(cutJson(JSON.stringify(['x'.repeat(99)]), 20))).toContain('left out')
  })
})

describe('the place up to which a summary is due', () => {
  const turns = (count: number, tokens: number) =>
    Array.from({ length: count }, (_, n) => count - n).flatMap((seq) => [
      { settledSeq: seq * 2 + 1, tokens },
      { settledSeq: seq * 2, tokens },
    ])
  test('is before the last twenty turns, once sixty rows lie there', () => {
    expect(chooseFold(turns(49, 1), false, 32_000)).toBeNull()
    expect(chooseFold(turns(50, 1), false, 32_000)).toBe(61)
  })
  test('is before half of the budget, once three eighths lie there, or more than the budget was there', () => {
    expect(chooseFold(turns(13, 1_000), false, 32_000)).toBeNull()
    expect(chooseFold(turns(14, 1_000), false, 32_000)).toBe(13)
    expect(chooseFold(turns(10, 1_000), true, 32_000)).toBe(5)
  })
  test('is never within the last turn', () => {
    expect(chooseFold(turns(1, 90_000), true, 32_000)).toBeNull()
    expect(chooseFold(turns(2, 90_000), true, 32_000)).toBe(3)
    expect(chooseFold([], true, 0)).toBeNull()
  })
})

describe('words to look for', () => {
  test('are few, telling and once', () => {
    expect(searchWords('What is the weather in Rome, in ROME?!')).toBe('weather what rome the')
    expect(searchWords(' a ?! Äö ')).toBe('äö a')
    expect(searchWords('…')).toBe('')
    expect(searchWords('天气怎么样')).toBe('天气怎么样')
    expect(searchWords(Array.from({ length: 99 }, (_, n) => `word${n}`).join(' ')).split(' ')).toHaveLength(16)
    expect(searchWords('x'.repeat(99))).toHaveLength(32)
  })
})

describe('a snippet', () => {
  test('shows the hit, and that there is more', () => {
    expect(snippetOf('short\n text', 'text')).toBe('short text')
    const long = `${'a '.repeat(200)}needle${' b'.repeat(200)}`
    expect(snippetOf(long, 'nothing needle')).toMatch(/^…(a )+needle( b)+…$/)
    expect(snippetOf(long, 'nothing')).toMatch(/^a a .*…$/)
    expect(snippetOf(`${'x'.repeat(500)} end`, 'end')).toMatch(/^…x+ end$/)
    expect(snippetOf(`\u0130${'x'.repeat(300)}`, 'xxx').length).toBeLessThanOrEqual(201)
  })
})

describe('a value that was kept as text', () => {
  const shape = v.object({
    name: v.string(),
    list: v.array(v.union(v.literal('a'), v.null())),
    more: v.optional(v.object({ n: v.number(), is: v.boolean() })),
  })
  test.each([
    [{ name: 'x', list: ['a', null] }, true],
    [{ name: 'x', list: [], more: { n: 1, is: true } }, true],
    [{ name: 'x', list: ['b'] }, false],
    [{ name: 'x' }, false],
    [{ name: 1, list: [] }, false],
    [{ name: 'x', list: {} }, false],
    [{ name: 'x', list: [], more: { n: '1', is: true } }, false],
    [{ name: 'x', list: [], other: 1 }, false],
    [['x'], false],
    [null, false],
  ])('%j fits: %s', (value, fits) => {
    expect(fitsValidator(shape, value)).toBe(fits)
  })
  test('is null when it is no note of what went in', () => {
    for (const json of ['', '{', '[]', '{"tools":[]}']) expect(readInspection(json), json).toBeNull()
  })
})
