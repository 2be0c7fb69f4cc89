import { expect, test } from 'vitest'
import { readPace } from './readPace.ts'

test('[MO4] the pace has defaults and can be set', () => {
  expect(readPace({})).toEqual({ ttftMs: 150, tokensPerSecond: 30 })
  expect(readPace({ LOCAL_MODEL_TTFT_MS: '0', LOCAL_MODEL_TPS: '500' })).toEqual({ ttftMs: 0, tokensPerSecond: 500 })
})

test.each([{ LOCAL_MODEL_TTFT_MS: '-1' }, { LOCAL_MODEL_TPS: '0' }, { LOCAL_MODEL_TPS: 'fast' }])(
  '[MO4] a pace that makes no sense is refused: %j',
  (env) => expect(() => readPace(env)).toThrow(/must be a number/),
)
