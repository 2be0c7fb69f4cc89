/** Document ids: table number + 16 bytes + checksum, as lower-case Crockford base32. */
import { randomFillSync } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const digits = new Map([...alphabet].map((char, digit) => [char, digit]))
const INTERNAL_BYTES = 16
const FOOTER_BYTES = 2
/** One to five varint bytes before the rest: 31 to 37 characters. */
const SHORTEST = 31
const LONGEST = 37

/**
 * A new id. The first six of its sixteen bytes are the time, so that ids made after each other lie beside each other on
 * disk; the other ten are random.
 */
export function createDocumentId(tableNumber: number, nowMs: number): string {
  const internal = takeRandom()
  internal.writeUIntBE(Math.max(0, Math.floor(nowMs)) % 2 ** 48, 0, 6)
  return encodeDocumentId(tableNumber, internal)
}

/** Random bytes are drawn in bulk: one call of the generator costs as much as the rest of an insert. */
const pool = Buffer.alloc(4096)
let poolAt = pool.length

function takeRandom(): Buffer {
  if (poolAt >= pool.length) {
    randomFillSync(pool)
    poolAt = 0
  }
  poolAt += INTERNAL_BYTES
  return Buffer.from(pool.subarray(poolAt - INTERNAL_BYTES, poolAt))
}

export function encodeDocumentId(tableNumber: number, internal: Uint8Array): string {
  const bytes = [...varint(tableNumber), ...internal]
  bytes.push(...checksum(bytes))
  return toBase32(bytes)
}

/** The table number of a well-formed id, or null for anything else. Never throws. */
export function tableNumberOfId(id: string): number | null {
  if (id.length < SHORTEST || id.length > LONGEST) return null
  const bytes = fromBase32(id)
  if (!bytes) return null
  let tableNumber = 0
  let length = 0
  for (;;) {
    const byte = bytes[length]
    if (byte === undefined || length === 5) return null
    tableNumber += (byte & 0x7f) * 2 ** (7 * length)
    length++
    if (byte < 0x80) break
  }
  if (tableNumber === 0 || tableNumber > 0xffffffff || bytes.length !== length + INTERNAL_BYTES + FOOTER_BYTES)
    return null
  const [c0, c1] = checksum(bytes.slice(0, -FOOTER_BYTES))
  if (bytes[bytes.length - 2] !== c0 || bytes[bytes.length - 1] !== c1) return null
  return toBase32(bytes) === id && varint(tableNumber).length === length ? tableNumber : null
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
  return bytes
}

/** Fletcher-16, modulus 256. */
function checksum(bytes: ArrayLike<number>): [number, number] {
  let c0 = 0
  let c1 = 0
  for (let i = 0; i < bytes.length; i++) {
    c0 = (c0 + (bytes[i] ?? 0)) & 255
    c1 = (c1 + c0) & 255
  }
  return [c0, c1]
}

function toBase32(bytes: ArrayLike<number>): string {
  let text = ''
  let bits = 0
  let held = 0
  for (let i = 0; i < bytes.length; i++) {
    held = (held << 8) | (bytes[i] ?? 0)
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet.charAt((held >>> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + alphabet.charAt((held << (5 - bits)) & 31) : text
}

function fromBase32(text: string): number[] | null {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const char of text) {
    const digit = digits.get(char)
    if (digit === undefined) return null
    held = (held << 5) | digit
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >>> bits) & 255)
      held &= (1 << bits) - 1
    }
  }
  return bytes
}
