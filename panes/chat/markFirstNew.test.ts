import { expect, it } from 'vitest'
import { markFirstNew } from './markFirstNew.ts'
import { mergeConversation } from './mergeConversation.ts'
import { messageOf } from './messageFixtures.ts'

const own = (seq: number, createdAt: number, more: object = {}) =>
  messageOf({ messageId: `own${seq}`, turnId: `t${seq}`, role: 'user', seq, createdAt, settledAt: createdAt, ...more })
const reply = (seq: number, settledAt: number | undefined) =>
  messageOf({
    ...{ messageId: `reply${seq}`, turnId: `t${seq}`, role: 'assistant' as const, seq, text: 'x' },
    ...(settledAt === undefined ? { status: 'processing' as const } : { settledAt }),
  })
const marked = (messages: ReturnType<typeof messageOf>[], since: number | null) =>
  markFirstNew(mergeConversation([], messages, []), since)
    .filter((item) => item.kind === 'message' && item.isFirstNew === true)
    .map(({ messageId }) => messageId)

it('marks the first reply that came since, not what the person has asked before it', () => {
  expect(marked([own(1, 10), reply(1, 20), own(2, 30), reply(2, 40), own(3, 50), reply(3, 60)], 25)).toEqual(['reply2'])
})

it('marks what has begun the reply by itself', () => {
  expect(marked([own(1, 10), reply(1, 20), own(2, 30, { cause: 'schedule' }), reply(2, 40)], 25)).toEqual(['own2'])
  expect(marked([own(1, 10), reply(1, 20), own(2, 22, { cause: 'schedule' }), reply(2, 40)], 25)).toEqual(['reply2'])
})

it('marks nothing that is still being written, nothing old, and nothing when everything is new', () => {
  expect(marked([own(1, 10), reply(1, 20), own(2, 30), reply(2, undefined)], 25)).toEqual([])
  expect(marked([own(1, 10), reply(1, 20)], 25)).toEqual([])
  expect(marked([reply(1, 20), reply(2, 30)], 5)).toEqual([])
  expect(marked([own(1, 10), reply(1, 20)], null)).toEqual([])
})
