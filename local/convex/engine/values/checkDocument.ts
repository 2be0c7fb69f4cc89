/** Size limits of one stored document (SPEC [DB7]). */
import type { JsonObject, JsonValue } from '../backend.ts'
import { isPlainObject } from './fieldAt.ts'

export const documentLimits = {
  bytes: 1024 * 1024,
  nesting: 16,
  fields: 1024,
  arrayLength: 8192,
  topLevelName: 64,
  nestedName: 1024,
} as const

/** Throws a sentence that names the limit. `json` is the document's text, which stands for its size. */
export function checkDocument(document: JsonObject, json: string): void {
  // A character is at most three bytes of UTF-8: most documents need no exact count.
  if (json.length * 3 > documentLimits.bytes && Buffer.byteLength(json) > documentLimits.bytes) {
    throw new Error(
      `Value is too large (${Buffer.byteLength(json)} bytes > maximum size ${documentLimits.bytes} bytes). Split the document.`,
    )
  }
  for (const name in document) {
    if (name.length > documentLimits.topLevelName) {
      throw new Error(`Field name ${name} is longer than ${documentLimits.topLevelName} characters.`)
    }
    if (name.startsWith('_') && name !== '_id' && name !== '_creationTime') {
      throw new Error(`Field ${name} starts with an underscore, which is only allowed for system fields like '_id'.`)
    }
  }
  checkNested(document, 1)
}

function checkNested(value: JsonValue, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > documentLimits.nesting) {
    throw new Error(`Value is nested too deeply (more than ${documentLimits.nesting} levels).`)
  }
  if (Array.isArray(value)) {
    if (value.length > documentLimits.arrayLength) {
      throw new Error(`Array length is too long (${value.length} > maximum length ${documentLimits.arrayLength}).`)
    }
    for (const item of value) checkNested(item, depth + 1)
    return
  }
  if (!isPlainObject(value)) return
  const names = Object.keys(value)
  if (names.length > documentLimits.fields) {
    throw new Error(`Object has too many fields (${names.length} > maximum number ${documentLimits.fields}).`)
  }
  for (const name of names) {
    if (name.length > documentLimits.nestedName) {
      throw new Error(`Field name ${name.slice(0, 64)}… is longer than ${documentLimits.nestedName} characters.`)
    }
    checkNested(value[name] ?? null, depth + 1)
  }
}
