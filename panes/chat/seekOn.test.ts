import { expect, it } from 'vitest'
import { seekOn } from './seekOn.ts'

it('is found for good once it is in what is live, not in what this device remembers', () => {
  expect(seekOn(true, 'unknown')).toBe('wait')
  expect(seekOn(true, 'more')).toBe('found')
  expect(seekOn(true, 'loading')).toBe('found')
  expect(seekOn(true, 'all')).toBe('found')
})

it('asks for page after page, one at a time, and gives up only when all have been read', () => {
  expect(seekOn(false, 'unknown')).toBe('wait')
  expect(seekOn(false, 'more')).toBe('load')
  expect(seekOn(false, 'loading')).toBe('wait')
  expect(seekOn(false, 'all')).toBe('gone')
})
