/** Internal event ids. The SDK's seed header makes a repeated HTTP request produce the same ids. */
import { encodeTime } from 'ulid'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export interface EventIdSeed {
  millis: number
  entropy: Buffer
}

/** `<millis>,<base64 of 10 bytes>`; undefined when absent or malformed (ids are then random). */
export function parseSeed(header: string | undefined): EventIdSeed | undefined {
  const match = /^(\d{1,15}),([A-Za-z0-9+/]+={0,2})$/.exec(header ?? '')
  if (!match) return undefined
  const entropy = Buffer.from(match[2] ?? '', 'base64')
  const millis = Number(match[1])
  return entropy.length === 10 && millis < 2 ** 48 ? { millis, entropy } : undefined
}

/** The id of the event at `position`, counted from 1: the last four bytes of the entropy plus the position. */
export function seededId(seed: EventIdSeed, position: number): string {
  const bytes = Buffer.from(seed.entropy)
  bytes.writeUInt32BE((bytes.readUInt32BE(6) + position) >>> 0, 6)
  return encodeTime(seed.millis, 10) + base32(bytes)
}

function base32(bytes: Buffer): string {
  let bits = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  for (let i = 0; i < 16; i++) {
    text = alphabet[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return text
}
