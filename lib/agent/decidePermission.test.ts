import { expect, it } from 'vitest'
import type { Permission } from '../../convex/validators.ts'
import { decidePermission } from './decidePermission.ts'

const tool = (permission: Permission, name = 'sendLetter') => ({ name, permission })

it.each([
  ['always', undefined, false, 'run'],
  ['ask', undefined, false, 'ask'],
  ['never', undefined, false, 'refuse'],
  ['always', 'ask', false, 'ask'],
  ['always', 'never', false, 'refuse'],
  ['ask', 'always', false, 'run'],
  ['ask', 'never', false, 'refuse'],
  ['never', 'always', false, 'run'],
  ['always', undefined, true, 'ask'],
  ['always', 'always', true, 'ask'],
  ['always', 'never', true, 'refuse'],
] as const)('a tool of “%s”, set to %s, that must ask: %s → %s', (own, set, mustAsk, decision) => {
  expect(decidePermission(tool(own), set ? { sendLetter: set } : {}, mustAsk)).toBe(decision)
})

it('is not misled by a tool that is named like a property of every object', () => {
  expect(decidePermission(tool('ask', 'constructor'), {}, false)).toBe('ask')
})
