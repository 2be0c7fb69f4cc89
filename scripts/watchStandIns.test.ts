import { expect, test } from 'vitest'
import { findAffected } from './watchStandIns.ts'

const running = ['model', 'convex', 'web'] as const

test.each([
  ['model/main.ts', ['model']],
  ['convex/sync/session.ts', ['convex']],
  ['kernel/clock.ts', ['model', 'convex']],
  ['clerk/main.ts', []],
  ['stack/createStack.ts', []],
  ['model/main.test.ts', []],
  ['model/test/model.contract.test.ts', []],
  ['model/SPEC.md', []],
])('a change of %s restarts %j', (file, names) => {
  expect(findAffected(file, running)).toEqual(names)
})
