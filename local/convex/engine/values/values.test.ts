/** Ids, key order and creation times. */
import { compareValues, convexToJson, type Value } from 'convex/values'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../backend.ts'
import { nextCreationTime, nextDouble } from './creationTime.ts'
import { createDocumentId, encodeDocumentId, tableNumberOfId } from './documentId.ts'
import { blobToKey, encodeKey, keyToBlob, prefixEnd } from './encodeKey.ts'

const bytes = (...values: number[]) => new Uint8Array(values).buffer
const samples: (Value | undefined)[] = [
  undefined,
  null,
  0n,
  1n,
  -1n,
  9223372036854775807n,
  -9223372036854775808n,
  255n,
  256n,
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1e300,
  -1e300,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
  5e-324,
  false,
  true,
  '',
  'a',
  'aa',
  'b',
  '\0',
  'a\0',
  'a\0b',
  'é',
  '日本',
  '\u{1F600}',
  '\uffff',
  'Z',
  bytes(),
  bytes(0),
  bytes(0, 0),
  bytes(1),
  bytes(255),
  [],
  [null],
  [1, 2],
  [1, 2, 3],
  ['a'],
  [[]],
  [0n],
  {},
  { a: 1 },
  { a: 2 },
  { b: 0 },
  { a: 1, b: 2 },
  { '': 1 },
]

describe('keys', () => {
  it('[DB3] sort exactly as the official client compares values, over every pair of samples', () => {
    for (const a of samples) {
      for (const b of samples) {
        const [ka, kb] = [keyOf(a), keyOf(b)]
        const order = ka < kb ? -1 : ka > kb ? 1 : 0
        expect({ a, b, order }).toEqual({ a, b, order: Math.sign(compareValues(a, b)) })
      }
    }
  })

  it('[DB3] survive the way to SQLite and back, and order there as here', () => {
    for (const sample of samples) {
      const key = keyOf(sample)
      expect(blobToKey(keyToBlob(key))).toBe(key)
    }
    expect(Buffer.compare(keyToBlob(encodeKey('é')), keyToBlob(encodeKey('z')))).toBe(1)
  })

  it('[DB3] a prefix ends right after everything that begins with it', () => {
    expect(prefixEnd('a\xff\xff')).toBe('b')
    expect(encodeKey('ab') < prefixEnd(encodeKey('ab'))).toBe(true)
    expect(prefixEnd('\xff')).toBe('\xff')
  })
})

describe('ids', () => {
  it('[DB1] have the known text for a known table and bytes, and give the table back', () => {
    const id = encodeDocumentId(10_001, Buffer.alloc(16))
    expect(id).toHaveLength(32)
    expect(id.startsWith('j57')).toBe(true)
    expect(tableNumberOfId(id)).toBe(10_001)
    expect(tableNumberOfId(createDocumentId(1, 1_800_000_000_000))).toBe(1)
    expect(tableNumberOfId(createDocumentId(4_000_000_000, 0))).toBe(4_000_000_000)
  })

  it('[DB1] junk, a changed character and another case are no ids, and nothing throws', () => {
    const id = createDocumentId(10_002, Date.now())
    const swapped = id.slice(0, 10) + (id[10] === 'a' ? 'b' : 'a') + id.slice(11)
    for (const text of [
      '',
      'x',
      swapped,
      id.toUpperCase(),
      `${id}0`,
      '0'.repeat(32),
      'u'.repeat(32),
      '\u{1F600}'.repeat(16),
    ]) {
      expect(tableNumberOfId(text)).toBeNull()
    }
  })
})

it('[DB2] creation times take the next representable double: adding a ten-thousandth would round away', () => {
  const now = 1_800_000_000_000
  expect(now + 0.0001).toBe(now)
  const times = [now]
  for (let i = 0; i < 1_000; i++) times.push(nextCreationTime(times[times.length - 1] ?? 0, now))
  expect(new Set(times).size).toBe(1_001)
  expect(nextDouble(now) - now).toBeCloseTo(2 ** -12, 8)
  expect(nextCreationTime(now, now + 5)).toBe(now + 5)
})

function keyOf(value: Value | undefined): string {
  return encodeKey(value === undefined ? undefined : (convexToJson(value) as JsonValue))
}
