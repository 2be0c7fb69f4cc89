import { expect, test } from 'vitest'
import { maxMaterialChars } from '../../lib/chat/messageLimits.ts'
import { fitOutput } from './fitOutput.ts'

const call = (output: string) =>
  ({ type: 'tool', step: 'tool-0-0', id: 'a', name: 'readPage', input: '{}', output, state: 'done' }) as const

test('an output stays as it is while there is room, and is told of when there is none', () => {
  const fits = 'x'.repeat(maxMaterialChars - 2)
  expect(fitOutput([call('')], fits)).toBe(fits)
  const told = fitOutput([call('')], `${fits}x`)
  expect(JSON.parse(told)).toContain(`its result of ${maxMaterialChars - 1} characters is left out`)
  expect(fitOutput([call(fits)], 'one')).toContain('Do not call it again')
})

test('thoughts take none of the room', () => {
  const thoughts = { type: 'reasoning', step: 'model-0', text: 'x'.repeat(50_000), ms: 1 } as const
  const fits = 'x'.repeat(maxMaterialChars)
  expect(fitOutput([thoughts], fits)).toBe(fits)
})
