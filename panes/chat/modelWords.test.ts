import { expect, it } from 'vitest'
import { labelOf, modelWords } from './modelWords.ts'

const model = { id: 'a', provider: 'P', label: 'A', tools: true, reasoning: true, contextTokens: 8_000 }

it('says what a model can do and what it costs', () => {
  expect(modelWords({ ...model, price: { inputMicros: 150_000, cachedMicros: 0, outputMicros: 600_000 } })).toBe(
    'tools · reasoning · $0.15 in, $0.60 out per million tokens',
  )
  expect(modelWords({ ...model, tools: false, reasoning: false })).toBe('no tools · price not known')
  expect(modelWords({ ...model, price: { inputMicros: 0, cachedMicros: 0, outputMicros: 0 } })).toContain('free')
})

it('keeps the name of a model that is no longer on offer', () => {
  expect(labelOf([model], 'a')).toBe('A')
  expect(labelOf([model], 'gone')).toBe('gone')
})
