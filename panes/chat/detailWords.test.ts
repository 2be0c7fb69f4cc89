import { expect, it } from 'vitest'
import { describeReply, durationWords } from './detailWords.ts'
import { messageOf } from './messageFixtures.ts'

const label = (id: string) => id.toUpperCase()
const reply = (more: Parameters<typeof messageOf>[0]) => messageOf({ role: 'assistant', inngestJobId: '', ...more })
const say = (more: Parameters<typeof messageOf>[0]) =>
  Object.fromEntries(describeReply(reply(more), label, 'en').map(({ name, words }) => [name, words]))

it('tells which models gave way, why, and which one answered', () => {
  const fallbacks = [{ model: 'a', code: 'model-rejected', message: 'The model did not accept the request.' }]
  expect(say({ model: 'b', fallbacks })).toMatchObject({
    'Gave way': 'A failed: The model did not accept the request; B answered',
  })
  expect(say({ model: 'b', fallbacks, status: 'failed' })).toMatchObject({
    'Gave way': 'A failed: The model did not accept the request; no other model answered',
  })
})

it('tells tokens and cost, and says so when the price is not known', () => {
  const usage = { inputTokens: 1_234, outputTokens: 56, cachedInputTokens: 1_000, reasoningTokens: 7 }
  expect(say({ usage, costMicros: 1_200 })).toMatchObject({
    Tokens: '1,234 in, 56 out, 1,000 of them from the cache, 7 for thoughts',
    Cost: '$0.0012',
  })
  expect(say({ usage })).toMatchObject({ Cost: 'Not known: the model has no price here' })
  expect(say({})).toEqual({})
})

it('tells how long it took, and how long until its first words', () => {
  expect(say({ startedAt: 1_000, firstTokenAt: 1_400, settledAt: 201_000 })).toEqual({
    Duration: '3 min 20 s, first words after 0.4 s',
  })
})

it('names the run', () => {
  expect(describeReply(reply({ inngestJobId: '01JD' }), label)).toEqual([{ name: 'Run', words: '01JD' }])
})

it.each([
  [0, '0.0 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [59_499, '59 s'],
  [59_600, '1 min 0 s'],
  [200_000, '3 min 20 s'],
])('says %i ms as %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words)
})
