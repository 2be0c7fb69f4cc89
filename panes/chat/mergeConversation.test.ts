import { describe, expect, it } from 'vitest'
import { findStoppable, mergeConversation } from './mergeConversation.ts'
import { entryOf, messageOf } from './messageFixtures.ts'
import { waitOf } from './waitFixtures.ts'

const user = (messageId: string, turnId: string, more = {}) => messageOf({ messageId, turnId, role: 'user', ...more })
const reply = (messageId: string, turnId: string, more = {}) =>
  messageOf({ messageId, turnId, role: 'assistant', ...more })
const ids = (items: { messageId: string }[]) => items.map((item) => item.messageId)

describe('mergeConversation', () => {
  it('puts settled messages oldest first, then the tail, then what has not landed', () => {
    const settled = [reply('r1', 't1'), user('u1', 't1')]
    const tail = [
      user('u2', 't2', { status: 'processing' }),
      reply('r2', 't2', { status: 'processing' }),
      user('u3', 't3', { status: 'pending' }),
    ]
    expect(ids(mergeConversation(settled, tail, [entryOf({ messageId: 'o1' })]))).toEqual([
      'u1',
      'r1',
      'u2',
      'r2',
      'u3',
      'o1',
    ])
  })

  it('keeps the order of the thread when a message behind the running turn is settled before it', () => {
    const settled = [user('u2', 't2', { seq: 2, status: 'cancelled' })]
    const tail = [user('u1', 't1', { seq: 1 }), reply('r1', 't1', { seq: 1, status: 'processing' })]
    expect(ids(mergeConversation(settled, tail, []))).toEqual(['u1', 'r1', 'u2'])
  })

  it('draws a message once while it is in the outbox and in the thread', () => {
    const items = mergeConversation([], [user('u1', 't1')], [entryOf({ messageId: 'u1' })])
    expect(items).toMatchObject([{ kind: 'message', messageId: 'u1' }])
  })

  it('prefers the settled copy when page and tail both hold a message', () => {
    const items = mergeConversation(
      [reply('r1', 't1', { status: 'completed' })],
      [reply('r1', 't1', { status: 'processing' })],
      [],
    )
    expect(items).toMatchObject([{ message: { status: 'completed' } }])
  })

  it('lets the reply speak for its turn, and a message without one for itself', () => {
    const items = mergeConversation([], [user('u1', 't1'), reply('r1', 't1'), user('u2', 't2')], [])
    expect(items.map((item) => item.kind === 'message' && item.carriesTurn)).toEqual([false, true, true])
  })
})

describe('what goes on with a wait', () => {
  const wait = (waitId: string, turnId: string, more = {}) => waitOf({ waitId, turnId, state: 'answered', ...more })
  const goesOn = (waitId: string, turnId: string, seq: number) => [
    user(waitId, turnId, { seq, cause: 'answer', wait: waitOf({ waitId }).waitId, text: 'blue' }),
    reply(`r-${turnId}`, turnId, { seq, cause: 'answer' }),
  ]
  const asking = (turnId: string, seq: number, waits: ReturnType<typeof wait>[]) => [
    user(`u-${turnId}`, turnId, { seq }),
    reply(turnId, turnId, { seq, waits }),
  ]
  const about = (messages: ReturnType<typeof reply>[]) =>
    mergeConversation([], messages, []).flatMap((item) =>
      item.kind === 'message' && (item.continues || item.farWaits)
        ? [[item.messageId, item.continues, item.farWaits]]
        : [],
    )

  it('knows the wait of each continuation, right below its card, also as the second of two', () => {
    const waits = [wait('w1', 't1'), wait('w2', 't1')]
    expect(about([...asking('t1', 1, waits), ...goesOn('w1', 't2', 2), ...goesOn('w2', 't3', 3)])).toEqual([
      ['w1', { cause: 'answer', wait: waits[0], isBelow: true }, undefined],
      ['w2', { cause: 'answer', wait: waits[1], isBelow: true }, undefined],
    ])
  })

  it('says of both ends when other messages lie between', () => {
    const waits = [wait('w1', 't1')]
    const between = [user('u9', 't9', { seq: 2 }), reply('t9', 't9', { seq: 2 })]
    expect(about([...asking('t1', 1, waits), ...between, ...goesOn('w1', 't3', 3)])).toEqual([
      ['t1', undefined, ['w1']],
      ['w1', { cause: 'answer', wait: waits[0], isBelow: false }, undefined],
    ])
  })

  it('takes a wait whose card is not loaded for one further up', () => {
    expect(about(goesOn('w1', 't3', 3))).toEqual([['w1', { cause: 'answer', isBelow: false }, undefined]])
  })

  it('leaves retries and regenerated replies what they are', () => {
    expect(about([user('u1', 't1', { seq: 1 }), reply('r1', 't2', { seq: 2, cause: 'regenerate' })])).toEqual([])
  })
})

describe('findStoppable', () => {
  it('is the running reply before anything in the queue', () => {
    const tail = [
      user('u1', 't1', { status: 'processing' }),
      reply('r1', 't1', { status: 'processing' }),
      user('u2', 't2', { status: 'pending' }),
    ]
    expect(findStoppable(mergeConversation([], tail, []))?.messageId).toBe('r1')
  })

  it('is the first queued message when nothing runs, and one on its way when nothing is queued', () => {
    const queued = mergeConversation([], [user('u2', 't2', { status: 'pending' })], [entryOf({ messageId: 'o1' })])
    expect(findStoppable(queued)?.messageId).toBe('u2')
    expect(findStoppable(mergeConversation([], [], [entryOf({ messageId: 'o1', state: 'sent' })]))?.messageId).toBe(
      'o1',
    )
  })

  it('is nothing when all is settled or refused', () => {
    const items = mergeConversation([reply('r1', 't1', { status: 'completed' })], [], [entryOf({ state: 'refused' })])
    expect(findStoppable(items)).toBeUndefined()
  })
})
