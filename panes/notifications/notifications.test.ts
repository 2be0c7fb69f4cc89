import { expect, test } from 'vitest'
import { waitOf } from '../chat/waitFixtures.ts'
import { listHappenings } from './happenings.ts'
import { parseSwitch } from './noticeKinds.ts'
import { addressOf, OPEN_PLACE, parseMessageHash, parsePlace } from './noticePlace.ts'
import { openPlace, type Tabs } from './noticePressed.ts'
import { isWorthAsking, mayOffer } from './offer.ts'

const wait = (over: Parameters<typeof waitOf>[0]) => ({
  ...waitOf({ waitId: 'w1', messageId: 'm1', threadId: 't1', state: 'open', question: 'Which colour?', ...over }),
  threadTitle: 'The door',
})
const nothing = { unread: [], waits: [], failures: [] }

test('a complete reply is told by its thread and time, so that the next one of the thread is another notice', () => {
  const unread = (repliedAt: number) => ({ threadId: 't1', title: 'The door', repliedAt, status: 'idle' })
  const [first] = listHappenings({ ...nothing, unread: [unread(1_000)] })
  const [second] = listHappenings({ ...nothing, unread: [unread(2_000)] })
  expect(first).toMatchObject({ kind: 'done', threadId: 't1', at: 1_000, messageId: null })
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
  expect(listed.map(({ kind, id, messageId }) => [kind, id, messageId])).toEqual([
    ['needs', 'wait:w1', 'm1'],
    ['failed', 'failure:m2', 'm2'],
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

const threadId = '0b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a11'

test('a notice leads to a message by its address, which is read back', () => {
  const address = addressOf({ threadId, messageId: 'jd7abc' })
  expect(address).toBe(`/chat/${threadId}#message-jd7abc`)
  expect(parseMessageHash('#message-jd7abc')).toBe('jd7abc')
  expect(addressOf({ threadId, messageId: null })).toBe(`/chat/${threadId}`)
})

test('an address or a message that names no place leads nowhere', () => {
  expect(['', '#tools', '#message-', '#message-a"b', '#message-<x>'].map(parseMessageHash)).toEqual(Array(5).fill(null))
  expect([null, 'x', {}, { threadId: '../settings' }, { threadId: 7 }].map(parsePlace)).toEqual(Array(5).fill(null))
  expect(parsePlace({ threadId, messageId: '"]' })).toEqual({ threadId, messageId: null })
})

test('a press on a notice of the worker brings an open tab there, or opens one', async () => {
  const did: unknown[] = []
  const tab = { focus: async () => tab, postMessage: (message: unknown) => void did.push(message) }
  const open: string[] = []
  const tabs = (count: number): Tabs => ({
    matchAll: async () => Array.from({ length: count }, () => tab),
    openWindow: async (address) => void open.push(address),
  })
  const data = { threadId, messageId: 'jd7abc' }
  await openPlace(tabs(2), data)
  expect([did, open]).toEqual([[{ kind: OPEN_PLACE, ...data }], []])
  await openPlace(tabs(0), data)
  await openPlace(tabs(0), 'junk')
  expect(open).toEqual([`/chat/${threadId}#message-jd7abc`, '/chat'])
})

test('a kind is on until it was switched off', () => {
  expect([null, 'on', 'off', 'junk'].map(parseSwitch)).toEqual(['on', 'on', 'off', 'on'])
})
