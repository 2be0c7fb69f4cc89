/** Search over everything, while somebody types. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { api } from './_generated/api.js'
import { typedWords } from './decisions/searchWords.ts'
import { freeze, m, modelResult, startConvex, T1, T2, thaw } from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

async function twoThreads() {
  const c = startConvex()
  for (const [n, threadId, title, reply] of [
    [1, T1, 'Plans for Lisbon', 'The tram climbs the hill'],
    [2, T2, 'Bread', 'Lisbon has good bread'],
  ] as const) {
    const take = await c.go(m(n), { threadId, text: `message ${n}` })
    const tail = { offset: 0, text: reply }
    await c.commit({ turnId: take.turnId, fence: await c.fence(take), step: 'model-0', result: modelResult(), tail })
    await c.complete(take.turnId, take.epoch)
    await c.ada.mutation(api.threads.rename, { threadId, title })
  }
  const everything = (query: string, limit?: number) =>
    c.ada.query(api.search.everything, { query, ...(limit === undefined ? {} : { limit }) })
  return { ...c, everything }
}

test('names of chats and words in them, side by side', async () => {
  const c = await twoThreads()
  const { threads, messages } = await c.everything('lisbon')
  expect(threads).toMatchObject([{ threadId: T1, title: 'Plans for Lisbon' }])
  expect(messages).toMatchObject([{ threadId: T2, threadTitle: 'Bread', role: 'assistant' }])
  expect(messages[0]?.snippet).toBe('Lisbon has good bread')
})

test('an archived chat is found, a stranger’s is not, and nothing finds nothing', async () => {
  const c = await twoThreads()
  await c.ada.mutation(api.threads.archive, { threadId: T1, isArchived: true })
  expect((await c.everything('plans')).threads).toHaveLength(1)
  expect(await c.bob.query(api.search.everything, { query: 'lisbon' })).toEqual({ threads: [], messages: [] })
  for (const query of ['', '  ', '!?', 'zzz']) expect(await c.everything(query)).toEqual({ threads: [], messages: [] })
})

test('there are as many as asked for, at least one and at most 50', async () => {
  const c = await twoThreads()
  expect((await c.everything('message', 1)).messages).toHaveLength(1)
  for (const limit of [0, -1, Number.NaN]) expect((await c.everything('message', limit)).messages).toHaveLength(1)
  expect((await c.everything('message', 1e9)).messages).toHaveLength(2)
})

test('the word that is being typed stays the last, and is there once', () => {
  expect(typedWords('Tram to Lis')).toBe('tram to lis')
  expect(typedWords('a b a')).toBe('b a')
  expect(
    typedWords(Array.from({ length: 40 }, (_, n) => `w${n}`).join(' '))
      .split(' ')
      .at(-1),
  ).toBe('w39')
  expect(typedWords(' ,; ')).toBe('')
})
