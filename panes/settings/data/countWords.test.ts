import { expect, test } from 'vitest'
import { countWords } from './countWords.ts'

const none = { threads: 0, memories: 0, schedules: 0, shares: 0 }

test('what there is is counted, one by its own word, and what there is not is left out', () => {
  expect(countWords({ ...none, threads: 1, shares: 2 })).toEqual(['1 chat', '2 shared links'])
  expect(countWords(none)).toEqual([])
})

test('where the count ends there may be more', () => {
  expect(countWords({ ...none, threads: 1_000 })).toEqual(['1,000 or more chats'])
})
