import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashSources, listSources } from './hashSources.ts'

function newTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'sources-'))
  mkdirSync(join(root, 'app', 'deep'), { recursive: true })
  writeFileSync(join(root, 'app', 'page.tsx'), 'page')
  writeFileSync(join(root, 'app', 'deep', 'a.ts'), 'a')
  writeFileSync(join(root, 'app', 'page.test.tsx'), 'test')
  writeFileSync(join(root, 'lock.json'), '{}')
  return root
}

const places = ['lock.json', 'app', 'missing']
const isSource = (path: string) => !path.includes('.test.')
const hash = (root: string) => hashSources(root, listSources(root, places, isSource), 'salt')

test('files and folders are listed in order, what is missing or not a source is left out of the hash', () => {
  expect(listSources(newTree(), places, isSource)).toEqual(['app/deep/a.ts', 'app/page.tsx', 'lock.json', 'missing'])
})

test('the hash follows content, names, additions and removals', () => {
  const root = newTree()
  const first = hash(root)
  const seen = new Set([first])
  writeFileSync(join(root, 'app', 'page.tsx'), 'changed')
  seen.add(hash(root))
  writeFileSync(join(root, 'app', 'new.ts'), '')
  seen.add(hash(root))
  writeFileSync(join(root, 'missing'), 'no longer')
  seen.add(hash(root))
  rmSync(join(root, 'app', 'deep'), { recursive: true })
  seen.add(hash(root))
  expect(seen.size).toBe(5)
})

test('the hash does not follow times, tests or the place of the tree', () => {
  const root = newTree()
  const first = hash(root)
  utimesSync(join(root, 'lock.json'), 1, 1)
  writeFileSync(join(root, 'app', 'page.test.tsx'), 'another test')
  expect(hash(root)).toBe(first)
  expect(hash(newTree())).toBe(first)
})

test('content does not slip from one file into the next', () => {
  const root = newTree()
  writeFileSync(join(root, 'app', 'page.tsx'), 'pa')
  writeFileSync(join(root, 'lock.json'), 'ge{}')
  expect(hash(root)).not.toBe(hash(newTree()))
})
