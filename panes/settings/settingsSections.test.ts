import { expect, test } from 'vitest'
import { type Placed, parseSection, sectionAt } from './settingsSections.ts'

const placed: Placed[] = [
  { id: 'profile', top: -900 },
  { id: 'tools', top: -20 },
  { id: 'memory', top: 300 },
  { id: 'data', top: 700 },
]

test('the section that is read is the last whose heading has passed the line', () => {
  expect(sectionAt(placed, 80, false)).toBe('tools')
  expect(sectionAt(placed, 300, false)).toBe('memory')
})

test('before the first heading it is the first section, at the end of the page the last', () => {
  expect(sectionAt([{ id: 'profile', top: 200 }], 80, false)).toBe('profile')
  expect(sectionAt(placed, 80, true)).toBe('data')
})

test('an address names a section, or none', () => {
  expect(parseSection('#tools')).toBe('tools')
  expect(parseSection('')).toBeNull()
  expect(parseSection('#toString')).toBeNull()
})
