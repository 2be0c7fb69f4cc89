import { expect, test } from 'vitest'
import { summarizeTranscript } from './summarizeTranscript.ts'
import { answerTo, user } from './test/talkForTest.ts'

test.each([
  ['User: one two three four five six seven\nmore\n\nAssistant: reply\n\nUser: bye'],
  ['[user] one two three four five six seven\n[assistant] reply\n[user] bye'],
  ['**Person:** one two three four five six seven\n**Nightshift:** reply\n**Person:** bye'],
  ['<user>\none two three four five six seven\n</user>\n<assistant>reply</assistant>\n<user>bye</user>'],
])('[MO37] a summary counts the messages and keeps the first words of each of the person: %j', (transcript) => {
  expect(summarizeTranscript([transcript])).toBe('Summary of 3 messages: one two three four five six; bye')
})

test('[MO37] a summary takes in the one before it', () => {
  const before = summarizeTranscript(['Person: one\nAssistant: reply\nPerson: two'])
  const transcript = `The summary so far:\n${before}\n---\nPerson: three\nAssistant: reply`
  expect(summarizeTranscript([transcript])).toBe('Summary of 5 messages: one; two; three')
})

test('[MO37] without speakers each text is a message of the person; a long summary is cut', () => {
  expect(summarizeTranscript(['one two', 'three'])).toBe('Summary of 2 messages: one two; three')
  expect(summarizeTranscript(Array.from({ length: 500 }, () => 'word word'))).toHaveLength(1_500)
})

test('[MO37] words have no effect in a request for a summary', () => {
  const system = 'Summarize the older part of a chat for …'
  expect(answerTo([user('Person: fail always\nAssistant: no')], { system })).toBe('Summary of 2 messages: fail always')
})
