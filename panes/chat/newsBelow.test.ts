import { expect, it } from 'vitest'
import type { TailMessage } from '../../convex/validators.ts'
import { mergeConversation } from './mergeConversation.ts'
import { entryOf, messageOf } from './messageFixtures.ts'
import { newsBelow } from './newsBelow.ts'

const turn = (seq: number, status: TailMessage['status'] = 'completed') => [
  messageOf({ messageId: `own${seq}`, turnId: `t${seq}`, seq }),
  messageOf({ messageId: `reply${seq}`, turnId: `t${seq}`, role: 'assistant', inReplyTo: `own${seq}`, seq, status }),
]
const list = (...turns: TailMessage[][]) => mergeConversation([], turns.flat(), [])

it('a reply that came below is news, and so is the end of one that was being written', () => {
  expect(newsBelow(list(turn(1)), list(turn(1), turn(2, 'processing')))).toBe('some')
  expect(newsBelow(list(turn(1, 'processing')), list(turn(1, 'failed')))).toBe('some')
  expect(newsBelow(list(turn(1, 'processing')), list(turn(1, 'waiting')))).toBe('some')
})

it('what goes on being written, was stopped, or comes in above is not', () => {
  expect(newsBelow(list(turn(2)), list(turn(2)))).toBe('none')
  expect(newsBelow(list(turn(2, 'processing')), list(turn(2, 'processing')))).toBe('none')
  expect(newsBelow(list(turn(2, 'processing')), list(turn(2, 'cancelled')))).toBe('none')
  expect(newsBelow(list(turn(2)), list(turn(1), turn(2)))).toBe('none')
})

it('what the person wrote is not, until it is answered', () => {
  const outgoing = mergeConversation([], turn(1), [entryOf({ messageId: 'own2' })])
  expect(newsBelow(list(turn(1)), outgoing)).toBe('none')
  expect(newsBelow(outgoing, list(turn(1), turn(2, 'processing')))).toBe('some')
})

it('says nothing of a version that was not the one left', () => {
  expect(newsBelow(list(turn(1), turn(2)), list(turn(1), turn(3)))).toBe('elsewhere')
  expect(newsBelow([], list(turn(1)))).toBe('elsewhere')
})
