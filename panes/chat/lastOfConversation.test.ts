import { expect, test } from 'vitest'
import { lastCodeOf, lastReplyOf } from './lastOfConversation.ts'
import { mergeConversation } from './mergeConversation.ts'
import { messageOf } from './messageFixtures.ts'

const itemsOf = (...texts: string[]) =>
  mergeConversation(
    texts
      .map((text, seq) => messageOf({ messageId: `m${seq}`, turnId: `t${seq}`, role: 'assistant', seq, text }))
      .toReversed(),
    [],
    [],
  )

test('the last reply that says something is found, past one that says nothing yet', () => {
  expect(lastReplyOf(itemsOf('one', 'two', ''))).toBe('two')
  expect(lastReplyOf(itemsOf(''))).toBeNull()
  expect(lastReplyOf(mergeConversation([messageOf({ seq: 1, text: 'my own' })], [], []))).toBeNull()
})

test('the last code is that of the newest reply that has any, and the last in it', () => {
  expect(lastCodeOf(itemsOf('```\na\n```', 'no code', 'also `none`'))).toBe('a')
  expect(lastCodeOf(itemsOf('```js\na\n```\nand\n~~~\nb\nc\n~~~'))).toBe('b\nc')
  expect(lastCodeOf(itemsOf('words'))).toBeNull()
})

test('a fence ends with its own sign, at least as long, and one that was cut off ends with the text', () => {
  expect(lastCodeOf(itemsOf('````md\n```js\nx\n```\n````'))).toBe('```js\nx\n```')
  expect(lastCodeOf(itemsOf('~~~\n```\n~~~'))).toBe('```')
  expect(lastCodeOf(itemsOf('```\ncut'))).toBe('cut')
})

test('what only looks like a fence is none, and the indentation of one is taken off its lines', () => {
  expect(lastCodeOf(itemsOf('see\n\n    ```\n    no\n    ```'))).toBeNull()
  expect(lastCodeOf(itemsOf('``` a `tick` ```'))).toBeNull()
  expect(lastCodeOf(itemsOf('see\n  ```\n    deep\n  flat\n  ```'))).toBe('  deep\nflat')
})
