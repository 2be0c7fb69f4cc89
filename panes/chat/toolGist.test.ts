import { expect, test } from 'vitest'
import type { ToolPart } from './composeReply.ts'
import { gistOf } from './toolGist.ts'

const call = (more: Partial<ToolPart>): ToolPart => ({
  type: 'tool',
  step: 'tool-0-0',
  id: 'call',
  name: 'calculate',
  input: '{}',
  state: 'done',
  ...more,
})

test('a call is about the first text or number it was given, on one line', () => {
  expect(gistOf(call({ input: '{"deep":{},"expression":"6 *\\n 7","zone":"UTC"}' }))).toBe('6 * 7')
  expect(gistOf(call({ input: '{"count":3}' }))).toBe('3')
  expect(gistOf(call({ input: '{}' }))).toBe('')
  expect(gistOf(call({ input: 'no JSON' }))).toBe('')
})

test('one that failed says why instead', () => {
  const failed = { state: 'failed', input: '{"zone":"Nowhere"}' } as const
  expect(gistOf(call({ ...failed, output: '{"error":"There is no such zone."}' }))).toBe('There is no such zone.')
  expect(gistOf(call({ ...failed, output: '"It broke."' }))).toBe('It broke.')
  expect(gistOf(call(failed))).toBe('')
})

test('a long value is cut between characters, and very long JSON is not read at all', () => {
  const gist = gistOf(call({ input: JSON.stringify({ text: '🌙'.repeat(500) }) }))
  expect([...gist]).toHaveLength(121)
  expect(gist.isWellFormed()).toBe(true)
  expect(gistOf(call({ input: JSON.stringify({ text: 'x'.repeat(50_000) }) }))).toBe('')
})
