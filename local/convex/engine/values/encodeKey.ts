/** Order-preserving keys: a Convex value (in its JSON encoding) → a string of bytes that sorts as Convex sorts values. */
import type { JsonValue } from '../backend.ts'

/**
 * Bytes as a latin1 string (one char per byte): `<` compares bytes, and it can be a Map key. SQLite sees it as a BLOB
 * (`keyToBlob`).
 */
export type Key = string

const UNDEFINED = '\x01'
const NULL = '\x03'
const INT64 = '\x08'
const FLOAT64 = '\x0d'
const FALSE = '\x0e'
const TRUE = '\x0f'
const STRING = '\x10'
const BYTES = '\x11'
const ARRAY = '\x12'
const OBJECT = '\x15'
const END = '\x00'

/** Above every key: no tag byte is this high. */
export const keyEnd: Key = '\xff'

const scratch = new DataView(new ArrayBuffer(8))
// The characters that need no escape and are one byte in UTF-8.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is the point
const plainText = /^[\x01-\x7f]*$/

export function keyToBlob(key: Key): Buffer {
  return Buffer.from(key, 'latin1')
}

export function blobToKey(blob: Uint8Array): Key {
  return Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength).toString('latin1')
}

/** The first key after `key` itself (what follows a document in its index). */
export function keyAfter(key: Key): Key {
  return `${key}\x00`
}

/** The first key that does not begin with `prefix`. */
export function prefixEnd(prefix: Key): Key {
  for (let length = prefix.length; length > 0; length--) {
    const last = prefix.charCodeAt(length - 1)
    if (last < 0xff) return prefix.slice(0, length - 1) + String.fromCharCode(last + 1)
  }
  return keyEnd
}

export function encodeKey(value: JsonValue | undefined): Key {
  if (value === undefined) return UNDEFINED
  if (value === null) return NULL
  if (typeof value === 'number') return encodeFloat(value)
  if (typeof value === 'string') return STRING + encodeText(value)
  if (typeof value === 'boolean') return value ? TRUE : FALSE
  if (Array.isArray(value)) return ARRAY + value.map(encodeKey).join('') + END
  return encodeSpecial(value) ?? encodeObject(value)
}

function encodeObject(value: { [key: string]: JsonValue }): Key {
  let key = OBJECT
  for (const name of Object.keys(value).sort(byText)) key += encodeName(name) + encodeKey(value[name])
  return key + END
}

/** Field names are ASCII: comparing UTF-16 units compares their bytes. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** An empty name would look like the object's end: it is written 00 FF, which sorts below every other name. */
function encodeName(name: string): Key {
  return name === '' ? '\x00\xff\x00' : encodeText(name)
}

function encodeSpecial(value: { [key: string]: JsonValue }): Key | undefined {
  for (const tag in value) {
    if (tag.charCodeAt(0) !== 36) return undefined
    const payload = value[tag]
    if (tag === '$undefined') return UNDEFINED
    // Not committed yet, hence later than every timestamp that is.
    if (tag === '$commitTs') return `${INT64}\xff\xff\xff\xff\xff\xff\xff\xff`
    if (typeof payload !== 'string') return undefined
    const bytes = Buffer.from(payload, 'base64')
    if (tag === '$integer') return encodeInt64(bytes.readBigInt64LE(0))
    if (tag === '$float') return encodeFloat(bytes.readDoubleLE(0))
    if (tag === '$bytes') return BYTES + escapeZeros(bytes.toString('latin1')) + END
  }
  return undefined
}

function encodeInt64(value: bigint): Key {
  scratch.setBigInt64(0, value)
  scratch.setUint8(0, scratch.getUint8(0) ^ 0x80)
  return INT64 + scratchBytes()
}

function encodeFloat(value: number): Key {
  scratch.setFloat64(0, value)
  const high = scratch.getUint32(0)
  if (high >= 0x80000000) {
    scratch.setUint32(0, ~high >>> 0)
    scratch.setUint32(4, ~scratch.getUint32(4) >>> 0)
  } else {
    scratch.setUint32(0, (high | 0x80000000) >>> 0)
  }
  return FLOAT64 + scratchBytes()
}

function scratchBytes(): string {
  const high = scratch.getUint32(0)
  const low = scratch.getUint32(4)
  return String.fromCharCode(
    high >>> 24,
    (high >>> 16) & 255,
    (high >>> 8) & 255,
    high & 255,
    low >>> 24,
    (low >>> 16) & 255,
    (low >>> 8) & 255,
    low & 255,
  )
}

function encodeText(text: string): Key {
  if (plainText.test(text)) return text + END
  return escapeZeros(Buffer.from(text, 'utf8').toString('latin1')) + END
}

function escapeZeros(bytes: string): string {
  return bytes.includes('\x00') ? bytes.replaceAll('\x00', '\x00\xff') : bytes
}
