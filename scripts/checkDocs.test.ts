import { expect, test } from 'vitest'
import { checkDocs, findDeadNames } from './checkDocs.ts'

const files = new Set([
  'README.md',
  'lib/env.ts',
  'local/model/main.ts',
  'local/model/SPEC.md',
  'docs/a.md',
  'docs/b.md',
])
const dead = (path: string, text: string) => findDeadNames(path, text, files).map(({ name }) => name)

test('every file that a document names exists', () => {
  expect(checkDocs().map(({ path, line, name }) => `${path}:${line}: ${name}`)).toEqual([])
})

test('a link is relative to its document', () => {
  expect(dead('docs/a.md', '[b](b.md) [up](../README.md#start) [gone](c.md)')).toEqual(['c.md'])
})

test('a name in backticks is relative to its document or to the project', () => {
  expect(dead('local/model/SPEC.md', '`main.ts` `lib/env.ts` `local/model/` `model/main.ts`')).toEqual([])
  expect(dead('README.md', '`lib/gone.ts` and `gone/`')).toEqual(['lib/gone.ts', 'gone/'])
})

test('addresses, anchors, code blocks and what running makes are not looked for', () => {
  const text = '[x](https://example.com) [y](#z) `.data/` `.env.local` `node_modules/`\n```\n`lib/gone.ts`\n```'
  expect(dead('README.md', text)).toEqual([])
})

test('the line of a dead name is told', () => {
  expect(findDeadNames('README.md', 'one\n\n`lib/gone.ts`', files)).toEqual([
    { path: 'README.md', line: 3, name: 'lib/gone.ts' },
  ])
})
