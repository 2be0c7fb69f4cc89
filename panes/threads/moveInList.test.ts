import { expect, it } from 'vitest'
import { moveInList } from './moveInList.ts'

it('goes up and down by one, to both ends, and not past them', () => {
  expect(moveInList('ArrowDown', 1, 4)).toBe(2)
  expect(moveInList('ArrowUp', 1, 4)).toBe(0)
  expect(moveInList('ArrowUp', 0, 4)).toBe(0)
  expect(moveInList('ArrowDown', 3, 4)).toBe(3)
  expect(moveInList('Home', 3, 4)).toBe(0)
  expect(moveInList('End', 0, 4)).toBe(3)
})

it('leaves other keys, and an empty list, alone', () => {
  expect(moveInList('a', 1, 4)).toBeNull()
  expect(moveInList('ArrowDown', 0, 0)).toBeNull()
})
