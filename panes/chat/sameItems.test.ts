import { expect, test } from 'vitest'
import { mergeConversation } from './mergeConversation.ts'
import { messageOf } from './messageFixtures.ts'
import { keepSame } from './sameItems.ts'

const pageOf = (last: string) => [
  messageOf({ messageId: 'b', turnId: 't', role: 'assistant', inReplyTo: 'a', seq: 1, text: last, parts: [] }),
  messageOf({ messageId: 'a', turnId: 't', seq: 1, text: 'one' }),
]
const itemsOf = (last: string) => mergeConversation(pageOf(last), [], [])

test('a list that says the same again is the list that was there', () => {
  const before = itemsOf('two')
  const after = itemsOf('two')
  expect(after[0]).not.toBe(before[0])
  expect(keepSame(before, after)).toBe(before)
})

test('where one message has changed, the others stay the objects they were', () => {
  const before = itemsOf('two')
  const kept = keepSame(before, itemsOf('three'))
  expect(kept[0]).toBe(before[0])
  expect(kept[1]).not.toBe(before[1])
  expect(kept[1]).toEqual(itemsOf('three')[1])
})

test('a field that came or went is a change, and so is a message that came or went', () => {
  const before = itemsOf('two')
  const [first, second] = before
  if (first?.kind !== 'message' || second === undefined) throw new Error('There is nothing to compare.')
  const { message } = first
  expect(keepSame(before, [{ ...first, message: { ...message, dismissed: true } }, second])).not.toBe(before)
  expect(keepSame(before, [first])).toEqual([first])
  expect(keepSame([first], before)).toEqual(before)
})
