import { expect, it } from 'vitest'
import { type Kept, keepListed } from './keepListed.ts'

type One = { id: string; text: string }
const one = (id: string, text = id) => ({ id, text })
const keep = (before: readonly Kept<One>[], listed: One[]) => keepListed(before, listed, ({ id }) => id)
const shown = (kept: readonly Kept<One>[]) => kept.map(({ value, isListed }) => [value.text, isListed])

it('keeps what has gone in its place, as it was last seen', () => {
  const before = keep([], [one('a'), one('b'), one('c')])
  expect(shown(keep(before, [one('a'), one('c', 'newer')]))).toEqual([
    ['a', true],
    ['b', false],
    ['newer', true],
  ])
})

it('puts what is new last, so that nothing moves under a finger', () => {
  expect(shown(keep(keep([], [one('b')]), [one('a'), one('b')]))).toEqual([
    ['b', true],
    ['a', true],
  ])
})

it('takes back what is listed again', () => {
  const gone = keep(keep([], [one('a')]), [])
  expect(shown(keep(gone, [one('a')]))).toEqual([['a', true]])
})
