import { expect, it } from 'vitest'
import { describeEnd, describeLate } from './describeEnd.ts'
import { waitOf } from './waitFixtures.ts'

it('says of a question what it was and what came of it', () => {
  const question = { kind: 'question', question: 'Which colour?' } as const
  expect(describeEnd(waitOf({ ...question, state: 'answered', answer: 'blue' }))).toEqual({
    words: 'Answered: blue',
    about: 'Which colour?',
  })
  expect(describeEnd(waitOf({ ...question, state: 'skipped' })).words).toBe('Skipped')
  expect(describeEnd(waitOf({ ...question, state: 'expired' })).words).toBe(
    'Nobody answered in time: it went on without an answer',
  )
  expect(describeEnd(waitOf({ ...question, state: 'cancelled' })).words).toBe('Cancelled')
})

it('leaves no doubt whether what needed approval was done', () => {
  const approval = { kind: 'approval', tool: 'forget', summary: 'Forget “tea”.' } as const
  expect(describeEnd(waitOf({ ...approval, state: 'approved' }))).toEqual({ words: 'Approved', about: 'Forget “tea”.' })
  for (const state of ['denied', 'expired', 'cancelled'] as const) {
    expect(describeEnd(waitOf({ ...approval, state })).words).toMatch(
      /^(Not approved|Nobody answered in time|Cancelled): it was not done$/,
    )
  }
  expect(describeEnd(waitOf({ ...approval, state: 'denied', answer: 'keep it' })).words).toBe('Not approved: keep it')
})

it('tells a wait that ran its time from one that was ended early', () => {
  expect(describeEnd(waitOf({ kind: 'time', state: 'elapsed', reason: 'the build' }))).toEqual({
    words: 'The time has come',
    about: 'the build',
  })
  expect(describeEnd(waitOf({ kind: 'time', state: 'skipped' }))).toEqual({ words: 'Skipped: it went on early' })
})

it('tells whoever came too late who was first, with the answer as soon as it is known', () => {
  expect(describeLate('answered', 'question', undefined)).toBe('Already answered on another device.')
  expect(describeLate('answered', 'question', 'blue')).toBe('Already answered on another device: blue')
  expect(describeLate('elapsed', 'time', undefined)).toBe('The time had come already.')
  expect(describeLate('skipped', 'time', undefined)).not.toBe(describeLate('skipped', 'question', undefined))
})
