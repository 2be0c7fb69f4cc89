/** The value at a dotted field path; only objects are walked into. */
import type { JsonObject, JsonValue } from '../backend.ts'

export function fieldAt(document: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = document
  for (const name of path) {
    if (!isPlainObject(value) || !Object.hasOwn(value, name)) return undefined
    value = value[name]
  }
  return value
}

/** True for Convex objects; false for the encodings of bigint, bytes and special numbers. */
export function isPlainObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && specialTag(value) === undefined
}

/** `$integer`, `$float`, `$bytes` … when the object is the encoding of such a value. */
export function specialTag(value: JsonObject): string | undefined {
  for (const name in value) return name.startsWith('$') ? name : undefined
  return undefined
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
