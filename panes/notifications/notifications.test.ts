import { expect, test } from 'vitest'
import { waitOf } from '../chat/waitFixtures.ts'
import { listHappenings } from './happenings.ts'
import { parseSwitch } from './noticeKinds.ts'
import { isWorthAsking, mayOffer } from './offer.ts'

const wait = (over: Parameters<typeof waitOf>[0]) => ({
  ...waitOf({ waitId: 'w1', threadId: 't1', state: 'open', question: 'Which colour?', ...over }),
  threadTitle: 'The door',
})
const nothing = { unread: [], waits: [], failures: [] }

test('a complete reply is told by its thread and time, so that the next one of the thread is another notice', () => {
  const unread = (repliedAt: number) => ({ threadId: 't1', title: 'The door', repliedAt, status: 'idle' })
  const [first] = listHappenings({ ...nothing, unread: [unread(1_000)] })
  const [second] = listHappenings({ ...nothing, unread: [unread(2_000)] })
  expect(first).toMatchObject({ kind: 'done', threadId: 't1', at: 1_000, target: null })
  expect(second?.id).not.toBe(first?.id)
})

test('a reply that waits or has failed is told by what it waits for, or by its failure, and only once', () => {
  const listed = listHappenings({
    unread: [
      { threadId: 't1', title: '', repliedAt: 1_000, status: 'waiting' },
      { threadId: 't2', title: '', repliedAt: 1_000, status: 'failed' },
    ],
    waits: [wait({})],
    failures: [{ messageId: 'm2', threadId: 't2', threadTitle: '', settledAt: 1_000 }],
  })
  expect(listed.map(({ kind, target }) => [kind, target?.what, target?.id])).toEqual([
    ['needs', 'wait', 'w1'],
    ['failed', 'message', 'm2'],
  ])
})

test('a wait for a time, and one that has ended, need nobody', () => {
  const waits = [wait({ kind: 'time' }), wait({ state: 'answered' })]
  expect(listHappenings({ ...nothing, waits })).toEqual([])
})

test('nothing that was written is in a notice: it may lie on a locked screen', () => {
  expect(JSON.stringify(listHappenings({ ...nothing, waits: [wait({})] }))).not.toContain('Which colour?')
})

test('asking is worth it after twenty seconds of work whose end nobody saw', () => {
  const ended = { startedAt: 0, settledAt: 20_000, hiddenAt: 5_000 }
  expect(isWorthAsking(ended)).toBe(true)
  expect(isWorthAsking({ ...ended, settledAt: 19_999 })).toBe(false)
  expect(isWorthAsking({ ...ended, hiddenAt: null })).toBe(false)
  expect(isWorthAsking({ ...ended, hiddenAt: 20_001 })).toBe(false)
})

test('nobody is asked twice, nor after an answer that the browser keeps', () => {
  expect(mayOffer('default', null)).toBe(true)
  expect(mayOffer('default', 'declined')).toBe(false)
  expect(mayOffer('granted', null)).toBe(false)
  expect(mayOffer('denied', null)).toBe(false)
  expect(mayOffer('unable', null)).toBe(false)
})

test('a kind is on until it was switched off', () => {
  expect([null, 'on', 'off', 'junk'].map(parseSwitch)).toEqual(['on', 'on', 'off', 'on'])
})
