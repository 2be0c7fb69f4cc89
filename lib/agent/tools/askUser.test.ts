import { describe, expect, it } from 'vitest'
import { askUser } from './askUser.ts'
import { waitOf } from './defineTool.ts'
import { toolContext } from './test/toolContext.ts'

const ask = async (input: unknown) => waitOf(await askUser.run(input, toolContext({ now: () => 1_000 })))

describe('a question', () => {
  it('waits seven days for its answer', async () => {
    expect(await ask({ question: ' Red or blue? ', choices: ['Red', 'Blue', 'Red'] })).toEqual({
      kind: 'question',
      until: 1_000 + 7 * 24 * 60 * 60 * 1_000,
      question: 'Red or blue?',
      choices: ['Red', 'Blue'],
    })
    expect(await ask({ question: 'Why?' })).not.toHaveProperty('choices')
    expect(askUser.summarize({ question: 'Why?' })).toBe('Ask you: Why?')
  })

  it.each([
    [{ question: '  ' }],
    [{ question: 'x'.repeat(2_001) }],
    [{ question: 'Which?', choices: ['one'] }],
    [{ question: 'Which?', choices: ['1', '2', '3', '4', '5', '6', '7'] }],
    [{ question: 'Which?', choices: ['', 'b'] }],
  ])('%j is none', async (input) => {
    await expect(ask(input)).rejects.toThrow('The input does not fit')
  })
})
