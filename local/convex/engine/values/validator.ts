/** The JSON form of `v.…` validators, and checking a value (in its JSON encoding) against one. */
import type { JsonObject, JsonValue } from '../backend.ts'
import { encodeKey } from './encodeKey.ts'
import { isPlainObject, specialTag } from './fieldAt.ts'

export interface FieldValidator {
  fieldType: Validator
  optional: boolean
}
export type Validator =
  | { type: 'null' | 'number' | 'bigint' | 'boolean' | 'string' | 'bytes' | 'any' | 'commitTs' }
  | { type: 'id'; tableName: string }
  | { type: 'literal'; value: JsonValue }
  | { type: 'array'; value: Validator }
  | { type: 'record'; keys: Validator; values: FieldValidator }
  | { type: 'union'; value: Validator[] }
  | { type: 'object'; value: Record<string, FieldValidator> }

/** Says whether an id belongs to a table of that name. */
export type IdCheck = (id: string, tableName: string) => boolean

/** Why a value does not fit, in the words of the hosted service, or null when it fits. */
export function findMismatch(validator: Validator, value: JsonValue, isIdOf: IdCheck, path = ''): string | null {
  switch (validator.type) {
    case 'any':
      return null
    case 'union':
      return validator.value.some((member) => findMismatch(member, value, isIdOf, path) === null)
        ? null
        : mismatch(validator, value, path)
    case 'array':
      return Array.isArray(value)
        ? firstMismatch(value, (item, i) => findMismatch(validator.value, item, isIdOf, `${path}[${i}]`))
        : mismatch(validator, value, path)
    case 'object':
      return isPlainObject(value)
        ? findObjectMismatch(validator, value, isIdOf, path)
        : mismatch(validator, value, path)
    case 'record':
      return isPlainObject(value)
        ? firstMismatch(
            Object.entries(value),
            ([name, item]) =>
              findMismatch(validator.keys, name, isIdOf, path) ??
              findMismatch(validator.values.fieldType, item, isIdOf, `${path}.${name}`),
          )
        : mismatch(validator, value, path)
    case 'id':
      if (typeof value !== 'string') return mismatch(validator, value, path)
      return isIdOf(value, validator.tableName) ? null : idMismatch(validator.tableName, value, path)
    case 'literal':
      return encodeKey(validator.value) === encodeKey(value) ? null : mismatch(validator, value, path)
    default:
      return matchesScalar(validator.type, value) ? null : mismatch(validator, value, path)
  }
}

function firstMismatch<T>(items: readonly T[], check: (item: T, position: number) => string | null): string | null {
  for (const [position, item] of items.entries()) {
    const found = check(item, position)
    if (found !== null) return found
  }
  return null
}

function findObjectMismatch(
  validator: Extract<Validator, { type: 'object' }>,
  value: JsonObject,
  isIdOf: IdCheck,
  path: string,
): string | null {
  for (const [name, field] of Object.entries(validator.value)) {
    if (!Object.hasOwn(value, name)) {
      if (field.optional) continue
      return `Object is missing the required field \`${name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.\n${details(validator, value, path, 'Object')}`
    }
    const found = findMismatch(field.fieldType, value[name] ?? null, isIdOf, `${path}.${name}`)
    if (found !== null) return found
  }
  for (const name in value) {
    if (!Object.hasOwn(validator.value, name)) {
      return `Object contains extra field \`${name}\` that is not in the validator.\n${details(validator, value, path, 'Object')}`
    }
  }
  return null
}

function matchesScalar(type: string, value: JsonValue): boolean {
  if (value === null) return type === 'null'
  if (typeof value === 'object') {
    const tag = Array.isArray(value) ? undefined : specialTag(value)
    if (type === 'number') return tag === '$float'
    if (type === 'bigint') return tag === '$integer' || tag === '$commitTs'
    if (type === 'commitTs') return tag === '$commitTs' || tag === '$integer'
    return type === 'bytes' && tag === '$bytes'
  }
  return typeof value === type
}

function mismatch(validator: Validator, value: JsonValue, path: string): string {
  return `Value does not match validator.\n${details(validator, value, path, 'Value')}`
}

function idMismatch(tableName: string, id: string, path: string): string {
  return `Found ID ${JSON.stringify(id)}, which does not match the table name in validator \`v.id("${tableName}")\`.\n${details({ type: 'id', tableName }, id, path, 'Value')}`
}

function details(validator: Validator, value: JsonValue, path: string, label: string): string {
  const where = path === '' ? '' : `Path: ${path}\n`
  return `${where}${label}: ${shorten(showValue(value))}\nValidator: ${shorten(showValidator(validator))}`
}

function shorten(text: string): string {
  return text.length > 1_000 ? `${text.slice(0, 1_000)}…` : text
}

function showValue(value: JsonValue): string {
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value)
  if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`
  if (isPlainObject(value)) {
    return `{${Object.entries(value)
      .map(([name, item]) => `${name}: ${showValue(item)}`)
      .join(', ')}}`
  }
  return JSON.stringify(value)
}

export function showValidator(validator: Validator): string {
  const field = ({ fieldType, optional }: FieldValidator) =>
    optional ? `v.optional(${showValidator(fieldType)})` : showValidator(fieldType)
  switch (validator.type) {
    case 'number':
      return 'v.float64()'
    case 'bigint':
      return 'v.int64()'
    case 'id':
      return `v.id("${validator.tableName}")`
    case 'literal':
      return `v.literal(${showValue(validator.value)})`
    case 'array':
      return `v.array(${showValidator(validator.value)})`
    case 'record':
      return `v.record(${showValidator(validator.keys)}, ${field(validator.values)})`
    case 'union':
      return `v.union(${validator.value.map(showValidator).join(', ')})`
    case 'object':
      return `v.object({${Object.entries(validator.value)
        .map(([name, item]) => `${name}: ${field(item)}`)
        .join(', ')}})`
    default:
      return `v.${validator.type}()`
  }
}
