import { expect, it } from 'vitest'
import { createSlots } from './slots.ts'

const a = { key: 'a', limit: 1 }
const b = { key: 'b', limit: 2 }

it('[EX65] names the first full key, and is free again after the release', () => {
  const slots = createSlots()
  expect(slots.fullKey([a, b])).toBeUndefined()
  slots.take('call-1', 'run-1', [a, b])
  expect(slots.fullKey([b, a])).toBe('a')
  expect(slots.release('call-1')).toEqual(['a', 'b'])
  expect(slots.fullKey([a])).toBeUndefined()
})

it('[EX65] gives a slot back once, however often it is released', () => {
  const slots = createSlots()
  slots.take('call-1', 'run-1', [b])
  slots.take('call-2', 'run-2', [b])
  expect(slots.release('call-1')).toEqual(['b'])
  expect(slots.release('call-1')).toEqual([])
  slots.take('call-3', 'run-3', [b])
  expect(slots.fullKey([b])).toBe('b')
})

it('[EX65] frees what an ended run holds, and nothing of others', () => {
  const slots = createSlots()
  slots.take('call-1', 'run-1', [b])
  slots.take('call-2', 'run-2', [b])
  expect(slots.releaseRun('run-1')).toEqual(['b'])
  expect(slots.size()).toBe(1)
})
