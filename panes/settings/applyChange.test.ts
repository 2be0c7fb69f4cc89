import { expect, it } from 'vitest'
import { applyChange } from './applyChange.ts'

it('changes what is named and leaves the rest', () => {
  const before = { instructions: 'Be brief.', memory: true, tools: { wait: 'ask' as const } }
  expect(applyChange(before, { memory: false })).toEqual({ ...before, memory: false })
  expect(applyChange(before, { instructions: null, model: 'm' })).toEqual({
    memory: true,
    model: 'm',
    tools: { wait: 'ask' },
  })
})

it('sets and clears each tool by itself, or all of them', () => {
  const before = { tools: { wait: 'ask' as const, forget: 'never' as const } }
  expect(applyChange(before, { tools: { wait: null, recall: 'always' } })).toEqual({
    tools: { forget: 'never', recall: 'always' },
  })
  expect(applyChange(before, { tools: null })).toEqual({ tools: {} })
})
