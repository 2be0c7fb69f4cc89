import { expect, it } from 'vitest'
import { contextUse, describeJob, runLink } from './jobFacts.ts'
import { jobOf, stepOf, tried } from './jobFixtures.ts'

const label = (id: string) => id.toUpperCase()
const say = (more: Parameters<typeof jobOf>[0]) =>
  Object.fromEntries(describeJob(jobOf(more), label, 'en').map(({ name, words }) => [name, words]))

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
  expect(say({})).toEqual({ 'Begun by': 'Your message' })
})

it('tells how long it took, how long until its first words, and how long it had waited before', () => {
  expect(say({ startedAt: 3_000, firstTokenAt: 3_400, settledAt: 203_000, cause: 'schedule' })).toEqual({
    'Begun by': 'A scheduled task',
    'In the queue': '3.0 s',
    Duration: '3 min 20 s, first words after 0.4 s',
  })
  expect(say({ startedAt: 900, settledAt: 1_000 })).not.toHaveProperty('In the queue')
})

it('tells how full the model was at its fullest call, where its size is known', () => {
  const steps = [
    stepOf('model-0', [tried(0, 1)], { usage: { inputTokens: 1_000 } }),
    stepOf('model-1', [tried(1, 2)], { usage: { inputTokens: 4_000 } }),
  ]
  const models = [{ id: 'a', contextTokens: 32_000 }]
  expect(contextUse(jobOf({ steps, model: 'a' }), models, 'en')).toEqual({
    usedTokens: 4_000,
    windowTokens: 32_000,
    words: '4,000 of 32,000 tokens (12.5%)',
  })
  expect(contextUse(jobOf({ steps, model: 'gone' }), models)).toBeNull()
  expect(contextUse(jobOf({ steps: [], model: 'a' }), models)).toBeNull()
})

it('links to a run where there is one and a place to look at it, with an id that stays an id', () => {
  const template = 'https://jobs.example.com/runs/{runId}?from={runId}'
  expect(runLink(template, '01J/../x')).toBe('https://jobs.example.com/runs/01J%2F..%2Fx?from=01J%2F..%2Fx')
  expect(runLink(template, '')).toBeNull()
  expect(runLink(undefined, '01J')).toBeNull()
})
