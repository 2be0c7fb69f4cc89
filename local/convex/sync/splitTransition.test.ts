import { expect, test } from 'vitest'
import { splitText, splitTransition } from './splitTransition.ts'

test('[SY9] a small transition is sent whole', () => {
  expect(splitTransition('{"a":"ü"}', 100)).toEqual(['{"a":"ü"}'])
})

test('[SY9] a large transition becomes numbered parts of one id that join to the same text', () => {
  const text = JSON.stringify({ text: 'aé漢🎉"\\'.repeat(500) })
  const parts = splitTransition(text, 1000).map((part) => JSON.parse(part))
  expect(parts.length).toBeGreaterThan(5)
  expect(parts.map((part) => part.partNumber)).toEqual(parts.map((_, index) => index))
  expect(new Set(parts.map((part) => part.transitionId)).size).toBe(1)
  expect(new Set(parts.map((part) => part.totalParts))).toEqual(new Set([parts.length]))
  expect(parts.map((part) => part.chunk).join('')).toBe(text)
})

test('[SY9] no part ends inside a character, whatever the size of a part', () => {
  const text = '🎉é漢a'.repeat(20)
  for (let size = 4; size < 20; size++) {
    const parts = splitText(text, size)
    expect(parts.join('')).toBe(text)
    for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(size)
  }
})
