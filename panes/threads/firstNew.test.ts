import { expect, it } from 'vitest'
import { firstNew } from './firstNew.ts'

const rows = (...ids: string[]) => ids.map((threadId) => ({ threadId }))
const known = new Set(['b', 'c'])

it('goes on below what was known, also when that has moved and something new has come to the top', () => {
  expect(firstNew(rows('b', 'c', 'd', 'e'), known)).toBe('d')
  expect(firstNew(rows('new', 'c', 'b', 'd'), known)).toBe('d')
})

it('stays in the list when nothing came, or when nothing that was known is left', () => {
  expect(firstNew(rows('b', 'c'), known)).toBe('c')
  expect(firstNew(rows('d', 'e'), known)).toBe('d')
  expect(firstNew([], known)).toBeUndefined()
})
