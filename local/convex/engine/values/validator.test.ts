/** Validators against values, with the SDK's own validator JSON. */
import { convexToJson, type GenericValidator, type Value, v } from 'convex/values'
import { expect, it } from 'vitest'
import type { JsonValue } from '../backend.ts'
import { createDocumentId } from './documentId.ts'
import { findMismatch, type Validator } from './validator.ts'

const tables: Record<string, number> = { users: 10_001 }
const id = createDocumentId(10_001, 0)

function check(validator: GenericValidator, value: Value): string | null {
  const json = (validator as unknown as { json: Validator }).json
  return findMismatch(json, convexToJson(value) as JsonValue, (text, table) => text === id && tables[table] === 10_001)
}

it.each<[string, GenericValidator, Value, Value]>([
  ['null', v.null(), null, 0],
  ['number', v.number(), -0, 1n],
  ['number', v.number(), Number.NaN, '1'],
  ['bigint', v.int64(), 5n, 5],
  ['boolean', v.boolean(), false, 'false'],
  ['string', v.string(), '', null],
  ['bytes', v.bytes(), new ArrayBuffer(2), 'AA=='],
  ['id', v.id('users'), id, 'users'],
  ['literal', v.literal('a'), 'a', 'b'],
  ['bigint literal', v.literal(3n), 3n, 3],
  ['array', v.array(v.number()), [1, 2], [1, '2']],
  ['record', v.record(v.string(), v.number()), { a: 1 }, { a: 'x' }],
  ['union', v.union(v.string(), v.null()), null, 1],
  ['object', v.object({ a: v.optional(v.number()) }), {}, { a: null }],
  ['object, not a special value', v.object({}), {}, 5n],
])('[RT3] %s accepts what fits and refuses what does not', (_name, validator, good, bad) => {
  expect(check(validator, good)).toBeNull()
  expect(check(validator, bad)).toContain('Validator: v.')
})

it('[RT3] a refusal names the path, the value and the validator', () => {
  const validator = v.object({ list: v.array(v.object({ n: v.number() })) })
  expect(check(validator, { list: [{ n: 1 }, { n: 'x' }] })).toBe(
    'Value does not match validator.\nPath: .list[1].n\nValue: "x"\nValidator: v.float64()',
  )
})

it('[RT3] missing and extra fields are named', () => {
  const validator = v.object({ body: v.string() })
  expect(check(validator, {})).toContain('missing the required field `body`')
  expect(check(validator, { body: 'x', more: 1 })).toContain('extra field `more` that is not in the validator')
  expect(check(v.object({}), { constructor: 1 })).toContain('extra field `constructor`')
})
