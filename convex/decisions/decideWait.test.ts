/** Every answer to every kind of wait, in every state. */
import { describe, expect, test } from 'vitest'
import { maxAnswerChars } from '../../lib/chat/messageLimits.ts'
import type { Answer } from '../validators.ts'
import { decideWait } from './decideWait.ts'

const now = 1_000
const open = (kind: 'time' | 'question' | 'approval', until = 2_000) => ({ kind, state: 'open' as const, until })
const person = (answer: Answer) => ({ kind: 'person' as const, answer })

const fits: [Parameters<typeof open>[0], Answer, string, string | null][] = [
  ['time', { kind: 'skip' }, 'skipped', 'time'],
  ['time', { kind: 'cancel' }, 'cancelled', null],
  ['question', { kind: 'text', text: ' blue\n' }, 'answered', 'answer'],
  ['question', { kind: 'skip' }, 'skipped', 'answer'],
  ['question', { kind: 'cancel' }, 'cancelled', null],
  ['approval', { kind: 'approve' }, 'approved', 'approval'],
  ['approval', { kind: 'deny', reason: ' ' }, 'denied', 'approval'],
  ['approval', { kind: 'cancel' }, 'cancelled', null],
]
for (const [kind, answer, state, cause] of fits) {
  test(`${kind} + ${answer.kind} → ${state}, ${cause ?? 'nothing follows'}`, () => {
    expect(decideWait(open(kind), person(answer), now)).toMatchObject({ kind: 'end', state, cause })
  })
}

const misfits: [Parameters<typeof open>[0], Answer][] = [
  ['time', { kind: 'text', text: 'now' }],
  ['time', { kind: 'approve' }],
  ['question', { kind: 'approve', always: true }],
  ['question', { kind: 'deny' }],
  ['approval', { kind: 'text', text: 'yes' }],
  ['approval', { kind: 'skip' }],
]
for (const [kind, answer] of misfits) {
  test(`${kind} + ${answer.kind} does not fit`, () => {
    expect(decideWait(open(kind), person(answer), now)).toEqual({ kind: 'refused', code: 'answer-does-not-fit' })
  })
}

describe('a time', () => {
  test('that has come ends the wait: a time elapses, a question and an approval expire', () => {
    expect(decideWait(open('time'), { kind: 'time' }, 2_000)).toMatchObject({ state: 'elapsed', cause: 'time' })
    expect(decideWait(open('question'), { kind: 'time' }, 2_000)).toMatchObject({ state: 'expired', cause: 'expiry' })
    expect(decideWait(open('approval'), { kind: 'time' }, 2_000)).toMatchObject({ state: 'expired', cause: 'expiry' })
  })
  test('that has not come is early, whoever rings', () => {
    expect(decideWait(open('approval'), { kind: 'time' }, 1_999)).toEqual({ kind: 'early' })
  })
})

describe('a person who comes after its time, before anybody has rung,', () => {
  const end = (kind: Parameters<typeof open>[0], answer: Answer) => decideWait(open(kind), person(answer), 2_000)
  test('finds it expired, whatever they say, and may still call it off', () => {
    const expired = { kind: 'end', state: 'expired', cause: 'expiry' }
    expect(end('approval', { kind: 'approve' })).toEqual(expired)
    expect(end('approval', { kind: 'deny', reason: 'no' })).toEqual(expired)
    expect(end('question', { kind: 'text', text: 'blue' })).toEqual(expired)
    expect(end('question', { kind: 'cancel' })).toMatchObject({ state: 'cancelled' })
  })
  test('may skip a time that is over anyway', () => {
    expect(end('time', { kind: 'skip' })).toMatchObject({ state: 'skipped', cause: 'time' })
  })
})

test('whoever comes second is late, whatever they say', () => {
  const ended = { ...open('question'), state: 'expired' as const, endedAt: 7 }
  for (const end of [person({ kind: 'text', text: 'a' }), person({ kind: 'approve' }), { kind: 'time' as const }])
    expect(decideWait(ended, end, 3_000)).toEqual({ kind: 'late', state: 'expired', endedAt: 7 })
})

test('words are trimmed, kept whole, and bounded', () => {
  const say = (text: string) => decideWait(open('question'), person({ kind: 'text', text }), now)
  expect(say(' blue\n')).toMatchObject({ answer: 'blue' })
  expect(say('half \ud800')).toMatchObject({ answer: 'half \ufffd' })
  expect(say(' \n ')).toEqual({ kind: 'refused', code: 'answer-empty' })
  expect(say('x'.repeat(maxAnswerChars))).toMatchObject({ kind: 'end' })
  expect(say('x'.repeat(maxAnswerChars + 1))).toEqual({ kind: 'refused', code: 'answer-too-long' })
})
