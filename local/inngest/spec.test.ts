import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const rulesIn = (text: string) => new Set([...text.matchAll(/\[(EX\d+)\]/g)].map((match) => match[1] ?? ''))

it('every rule of SPEC.md has a test that begins with its number, and every number in a test is a rule', () => {
  const rules = rulesIn(readFileSync(join(import.meta.dirname, 'SPEC.md'), 'utf8'))
  const tests = globSync('**/*.test.ts', { cwd: import.meta.dirname }).filter((file) => file !== 'spec.test.ts')
  const tested = rulesIn(tests.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n'))
  expect([...tested].sort((a, b) => a.localeCompare(b))).toEqual([...rules].sort((a, b) => a.localeCompare(b)))
})
