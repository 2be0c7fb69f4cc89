import { expect, test } from 'vitest'
import { computeInitials, drawInitials } from './drawInitials.ts'

const person = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.test' }

test('initials come from the names, else from the address', () => {
  expect(computeInitials(person)).toBe('AL')
  expect(computeInitials({ ...person, lastName: null })).toBe('A')
  expect(computeInitials({ firstName: null, lastName: ' ', email: 'grace@example.test' })).toBe('G')
})

test('the picture is a data address, and a name cannot write markup into it', () => {
  const draw = (firstName: string) =>
    Buffer.from(drawInitials({ ...person, firstName }).split(',')[1] ?? '', 'base64').toString()
  expect(draw('Ada')).toContain('>AL</text>')
  expect(draw('<script>')).toContain('>L</text>')
})
