import { describe, expect, it } from 'vitest'
import { cleanTitle, titleFromText } from './writeTitle.ts'

describe('a title', () => {
  it.each([
    ['quotes and full stop go', '"A trip to Rome."', 'A trip to Rome'],
    ['Markdown goes', '## **Rome**', 'Rome'],
    ['the first line counts', '\n\nRome\nHere is why', 'Rome'],
    ['white space and control characters go', ' A\u0000  trip\u202e\tto\u200b Rome ', 'A trip to Rome'],
    ['a question mark stays', 'Why Rome?', 'Why Rome?'],
    ['nothing stays nothing', ' \n "." ', ''],
  ])('%s', (_name, raw, title) => {
    expect(cleanTitle(raw)).toBe(title)
  })

  it('is cut at a word, or within a long one, never within a character', () => {
    const long = cleanTitle('one two three four five six seven eight nine ten eleven twelve thirteen')
    expect(long).toBe('one two three four five six seven eight nine ten eleven…')
    const word = cleanTitle(`x${'\u{1f600}'.repeat(60)}`)
    expect(word.isWellFormed()).toBe(true)
    expect(word.length).toBeLessThanOrEqual(61)
  })

  it('falls back to how the chat begins', () => {
    expect(titleFromText('What is the time in Rome?\nPlease.')).toBe('What is the time in Rome?')
    expect(titleFromText('***')).toBe('New chat')
  })
})
