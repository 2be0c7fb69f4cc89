import { expect, it } from 'vitest'
import type { TailMessage } from '../../convex/validators.ts'
import { entryOf, messageOf } from './messageFixtures.ts'
import { announceEnd, describeEntry, describeMessage } from './statusWords.ts'
import { waitOf } from './waitFixtures.ts'

const now = new Date(2026, 10, 23, 10, 40).getTime()
const besides = { now, isWriting: false, isStopping: false }
const waiting = (waits: NonNullable<TailMessage['waits']>) =>
  messageOf({ role: 'assistant', status: 'waiting', text: '', waits })
const until = new Date(2026, 10, 23, 14, 5).getTime()

it('says that a reply waits for the person, whatever else it waits for', () => {
  const message = waiting([waitOf({ kind: 'time', until }), waitOf({ kind: 'approval' })])
  expect(describeMessage(message, besides)).toEqual({ tone: 'asks', words: 'Waiting for you' })
})

it('says until when it waits for a time, the soonest that is still open', () => {
  const message = waiting([
    waitOf({ kind: 'time', until: until - 1_000_000, state: 'elapsed' }),
    waitOf({ kind: 'time', until: until + 1_000_000 }),
    waitOf({ kind: 'time', until }),
    waitOf({ kind: 'question', state: 'answered' }),
  ])
  expect(describeMessage(message, besides)).toEqual({ tone: 'held', words: 'Waiting until 14:05' })
})

it('says when a held message goes out, with the date where it is another day, and counts down to it', () => {
  const held = (nextTryAt: number) =>
    describeEntry(
      entryOf({ nextTryAt, error: { code: 'budget-spent', message: 'Spent.', hint: '', retryAt: nextTryAt } }),
      { now, isOnline: true },
    )
  expect(held(until)).toEqual({ tone: 'held', words: 'Will be sent at 14:05', more: 'Spent.', until })
  const nextMonth = new Date(2026, 11, 1, 1, 0).getTime()
  expect(held(nextMonth)).toMatchObject({ words: expect.stringMatching(/Dec.*01:00$/), until: nextMonth })
})

it('counts how long the model has been thinking, until it writes', () => {
  const message = messageOf({
    role: 'assistant',
    status: 'processing',
    text: '',
    detail: { kind: 'thinking', since: now - 5_000 },
  })
  expect(describeMessage(message, besides)?.words).toBe('Thinking… 5 s')
  expect(describeMessage(message, { ...besides, isWriting: true })?.words).toBe('Writing')
})

it('announces what is asked, once the reply has come to it', () => {
  expect(announceEnd(waiting([waitOf({ question: 'Which colour?' })]))).toBe('A question for you: Which colour?')
  expect(announceEnd(waiting([waitOf({ kind: 'approval', summary: 'Forget “tea”.' })]))).toBe(
    'Your approval is needed: Forget “tea”.',
  )
  expect(announceEnd(waiting([waitOf({ kind: 'time' })]))).toBe('The reply is waiting to go on.')
})
