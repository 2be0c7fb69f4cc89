import { expect, it } from 'vitest'
import { describeContinuation } from './describeContinuation.ts'
import { waitOf } from './waitFixtures.ts'

it('gives an answer as the words of the person, under what was asked', () => {
  const wait = waitOf({ question: 'Which colour?', state: 'answered' })
  expect(describeContinuation({ cause: 'answer', wait, isBelow: true }, 'blue')).toEqual({
    kind: 'answer',
    caption: 'Your answer to “Which colour?”',
    text: 'blue',
  })
  expect(describeContinuation({ cause: 'answer', wait, isBelow: true }, '')).toMatchObject({
    words: 'You skipped the question',
  })
})

it('says what was decided, and keeps the reason', () => {
  const wait = waitOf({ kind: 'approval', tool: 'forget', summary: 'Forget “tea”.', state: 'denied' })
  expect(describeContinuation({ cause: 'approval', wait, isBelow: true }, 'I like it')).toEqual({
    kind: 'row',
    words: 'You did not approve: Forget “tea”.',
    text: 'I like it',
  })
  expect(describeContinuation({ cause: 'expiry', wait, isBelow: true }, '')).toMatchObject({
    words: 'Nobody answered in time, so it was not done: Forget “tea”.',
  })
})

it('claims no more than it knows when the card is not loaded', () => {
  for (const [cause, words] of [
    ['time', 'The wait has ended'],
    ['approval', 'You decided on an approval'],
    ['expiry', 'Nobody answered in time'],
  ] as const)
    expect(describeContinuation({ cause, isBelow: false }, '')).toMatchObject({ words })
})
