import { expect, test } from 'vitest'
import { parsePlace } from './parsePlace.ts'

test('a page of a shared chat begins at its beginning, or at a number', () => {
  expect([undefined, '', '0', '120'].map(parsePlace)).toEqual([null, null, '0', '120'])
})

test('anything else is no place: it never reaches the database', () => {
  for (const from of ['-1', '1.5', '1e9', '12345678901', 'abc', '1; drop'])
    expect(parsePlace(from), from).toBeUndefined()
})
