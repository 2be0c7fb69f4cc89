import { expect, test } from 'vitest'
import { splitTokens } from './splitTokens.ts'

test.each([
  '',
  'one',
  ' lead and trail \n',
  'a\n\nb',
  '👩‍👩‍👧 emoji 日本語'.repeat(9),
  'x'.repeat(100),
  '𝒳'.repeat(33),
])('[MO6] the tokens of %j joined are the text, and no token splits a character', (text) => {
  const tokens = splitTokens(text)
  expect(tokens.join('')).toBe(text)
  for (const token of tokens) expect(token.isWellFormed()).toBe(true)
})

test('[MO6] a long word goes out in pieces', () => {
  expect(splitTokens('x'.repeat(40)).map((token) => token.length)).toEqual([16, 16, 8])
})
