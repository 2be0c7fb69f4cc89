import { expect, it } from 'vitest'
import type { TailMessage } from '../../convex/validators.ts'
import { hearEnds } from './hearEnds.ts'
import { mergeConversation } from './mergeConversation.ts'
import { entryOf, messageOf } from './messageFixtures.ts'
import type { OutboxEntry } from './outbox/outboxEntry.ts'
import { waitOf } from './waitFixtures.ts'

type Status = TailMessage['status']
const own = (turn: number, status: Status, more: Partial<TailMessage> = {}) =>
  messageOf({ ...more, messageId: `own${turn}`, turnId: `t${turn}`, seq: turn, status })
const reply = (turn: number, status: Status, more: Partial<TailMessage> = {}) =>
  messageOf({
    ...more,
    ...{ messageId: `reply${turn}`, turnId: `t${turn}`, inReplyTo: `own${turn}`, role: 'assistant', seq: turn, status },
  })
const turn = (at: number, status: Status, more: Partial<TailMessage> = {}) => [
  own(at, status === 'waiting' ? 'completed' : status),
  reply(at, status, more),
]

/** What is said at each of these sights of one conversation. */
function hear(...sights: (TailMessage[] | { messages: TailMessage[]; outgoing: OutboxEntry[] })[]) {
  let awaited: ReadonlySet<string> = new Set()
  return sights.map((sight) => {
    const { messages, outgoing } = Array.isArray(sight) ? { messages: sight, outgoing: [] } : sight
    const heard = hearEnds(awaited, mergeConversation([], messages, outgoing))
    awaited = heard.awaited
    return heard.said?.words ?? null
  })
}

const complete = 'The reply is complete.'

it('says the end of a reply once, and nothing of what had ended before', () => {
  const before = turn(1, 'completed')
  expect(
    hear(
      [...before, ...turn(2, 'processing')],
      [...before, ...turn(2, 'completed')],
      [...before, ...turn(2, 'completed')],
    ),
  ).toEqual([null, complete, null])
})

it('says it when the next reply begins in the same change, and says the next end as news', () => {
  const said = [
    [...turn(1, 'processing'), own(2, 'pending')],
    [...turn(1, 'completed'), ...turn(2, 'processing')],
    [...turn(1, 'completed'), ...turn(2, 'completed')],
  ].reduce<{ awaited: ReadonlySet<string>; keys: (string | undefined)[] }>(
    ({ awaited, keys }, messages) => {
      const heard = hearEnds(awaited, mergeConversation([], messages, []))
      return { awaited: heard.awaited, keys: [...keys, heard.said?.key] }
    },
    { awaited: new Set(), keys: [] },
  )
  expect(said.keys).toEqual([undefined, 'reply1', 'reply2'])
})

it('says failures and questions even while the next reply begins', () => {
  const error = { code: 'internal', message: 'It broke.' }
  expect(hear(turn(1, 'processing'), [...turn(1, 'failed', { error }), ...turn(2, 'processing')])[1]).toMatch(
    /^The reply failed\. It broke\./,
  )
  const waits = [waitOf({ question: 'Which colour?' })]
  expect(hear(turn(1, 'processing'), [...turn(1, 'waiting', { waits }), ...turn(2, 'processing')])[1]).toBe(
    'A question for you: Which colour?',
  )
})

it('goes on after a running reply has left for a version that is not shown', () => {
  const edited = own(2, 'processing', { branch: 'other' })
  expect(
    hear(turn(1, 'processing'), [edited, reply(2, 'processing')], turn(2, 'completed'), [
      ...turn(2, 'completed'),
      ...turn(3, 'processing'),
    ]),
  ).toEqual([null, null, complete, null])
})

it('says nothing of a reply that was left behind and comes back with its version', () => {
  expect(hear(turn(1, 'processing'), turn(2, 'completed'), turn(1, 'cancelled'))).toEqual([null, null, null])
})

it('says the end of a reply that was over before it was seen to begin', () => {
  expect(hear([own(1, 'pending')], turn(1, 'completed'))).toEqual([null, complete])
  const outgoing = [entryOf({ messageId: 'own1', state: 'sent' })]
  expect(hear({ messages: [], outgoing }, turn(1, 'completed'))).toEqual([null, complete])
})

it('says two ends of one change together, the same words once', () => {
  const running = [...turn(1, 'processing'), ...turn(2, 'processing'), ...turn(3, 'processing')]
  expect(hear(running, [...turn(1, 'completed'), ...turn(2, 'completed'), ...turn(3, 'cancelled')])[1]).toBe(
    `${complete} The reply was stopped.`,
  )
})

it('says nothing when earlier messages come in', () => {
  expect(hear(turn(3, 'completed'), [...turn(1, 'failed'), ...turn(2, 'waiting'), ...turn(3, 'completed')])).toEqual([
    null,
    null,
  ])
})
