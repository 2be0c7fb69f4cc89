import { describe, expect, it } from 'vitest'
import { listQueue, type QueueFacts } from './listQueue.ts'
import { mergeConversation } from './mergeConversation.ts'
import { entryOf, messageOf } from './messageFixtures.ts'

type Message = ReturnType<typeof messageOf>
const facts: QueueFacts = { branch: 'main', runningBranch: 'main', leaving: [] }
const waiting = (id: string, position?: number, more = {}) =>
  messageOf({
    messageId: id,
    turnId: id,
    text: id,
    status: 'pending',
    ...(position === undefined ? {} : { position }),
    ...more,
  })
const list = (messages: Message[], more: Partial<QueueFacts> = {}) =>
  listQueue(mergeConversation([], messages, []), { ...facts, ...more })

describe('listQueue', () => {
  it('is in the order in which replies will be made, with what has no place yet at its end', () => {
    const items = list([waiting('c', 3), waiting('held'), waiting('a', 1), waiting('b', 2)])
    expect(items.map(({ messageId }) => messageId)).toEqual(['a', 'b', 'c', 'held'])
    expect(items.map(({ isHeld }) => isHeld)).toEqual([false, false, false, true])
  })

  it('says before which message each goes when it is moved', () => {
    const [first, second, third] = list([waiting('a', 1), waiting('b', 2), waiting('c', 3)])
    expect([first?.up, first?.down]).toEqual([undefined, 'c'])
    expect([second?.up, second?.down]).toEqual(['a', null])
    expect([third?.up, third?.down]).toEqual(['b', undefined])
  })

  it('moves nothing past what was put ahead, and nothing that has no place', () => {
    const [now, a, b, held] = list([waiting('now', -2e9), waiting('a', 1), waiting('b', 2), waiting('held')])
    expect([now?.up, now?.down]).toEqual([undefined, undefined])
    expect([a?.up, a?.down]).toEqual([undefined, null])
    expect([b?.up, b?.down]).toEqual(['a', undefined])
    expect(held).toMatchObject({ maySendNow: false, maySteer: false, mayEdit: true })
    expect(held?.up).toBeUndefined()
  })

  it('lets a running reply of the same version take a message in, and no other', () => {
    expect(list([waiting('a', 1)])[0]?.maySteer).toBe(true)
    expect(list([waiting('a', 1)], { runningBranch: null })[0]?.maySteer).toBe(false)
    expect(list([waiting('a', 1)], { runningBranch: 'branch-1' })[0]?.maySteer).toBe(false)
    expect(list([waiting('a', 1, { branch: 'branch-1' })])[0]).toMatchObject({ maySteer: false, isElsewhere: true })
  })

  it('lists another try by the question it answers: it can be moved and given up, not reworded', () => {
    const question = messageOf({ messageId: 'q', turnId: 't1', text: 'Why?' })
    const again = messageOf({
      messageId: 'r2',
      turnId: 't2',
      role: 'assistant',
      inReplyTo: 'q',
      status: 'pending',
      cause: 'retry',
      position: 4,
      text: '',
    })
    expect(list([question, again])).toMatchObject([
      { messageId: 'r2', text: 'Why?', kind: 'again', mayEdit: false, maySteer: false, maySendNow: true },
    ])
  })

  it('lists the first message of a version once, by its own words; a reply cannot take it in', () => {
    const reply = waiting('r-a', 1, { turnId: 'a', role: 'assistant', inReplyTo: 'a' })
    expect(list([waiting('a', 1), reply])).toMatchObject([{ messageId: 'a', kind: 'message', maySteer: false }])
  })

  it('leaves out what goes on by itself, and lists a task that is due', () => {
    const items = list([
      waiting('answer', -4, { cause: 'answer' }),
      waiting('wish', -3, { cause: 'continue' }),
      waiting('task', 5, { cause: 'schedule' }),
    ])
    expect(items).toMatchObject([{ messageId: 'task', kind: 'schedule', mayEdit: false }])
  })

  it('ends with what this device is still sending', () => {
    const leaving = [entryOf({ messageId: 'o1', policy: 'steer' })]
    expect(list([waiting('a', 1)], { leaving })).toMatchObject([
      { messageId: 'a' },
      { messageId: 'o1', kind: 'leaving', isSteer: true, maySendNow: false },
    ])
  })
})
