import { describe, expect, it } from 'vitest'
import { findStoppable, mergeConversation } from './mergeConversation.ts'
import { entryOf, messageOf } from './messageFixtures.ts'

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
