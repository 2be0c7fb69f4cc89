/** Pagination cursors: a position in an index, sealed with the fingerprint of the query it belongs to. */
import { hash } from 'node:crypto'
import type { JsonValue } from '../backend.ts'
import type { Key } from '../values/encodeKey.ts'
import { isJsonObject } from '../values/fieldAt.ts'

/** After that key, or at the end of the range. */
export type Position = { after: Key } | 'end'

/** The client tells it from other errors by this data and starts again from the first page. */
export class InvalidCursorError extends Error {
  readonly data = { isConvexSystemError: true, paginationError: 'InvalidCursor' }
  constructor() {
    super(
      'InvalidCursor: this cursor belongs to another query (its arguments, index, order or filters changed). Start again from the first page.',
    )
  }
}

function seal(fingerprint: string): string {
  return hash('sha1', fingerprint, 'base64url').slice(0, 16)
}

export function encodeCursor(fingerprint: string, position: Position): string {
  const key = position === 'end' ? null : Buffer.from(position.after, 'latin1').toString('base64url')
  return Buffer.from(JSON.stringify([1, seal(fingerprint), key])).toString('base64url')
}

/** Null when it is not a cursor of this query. */
export function decodeCursor(fingerprint: string, cursor: string): Position | null {
  let parsed: JsonValue
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as JsonValue
  } catch {
    return null
  }
  if (!Array.isArray(parsed) || isJsonObject(parsed) || parsed[0] !== 1 || parsed[1] !== seal(fingerprint)) return null
  const key = parsed[2]
  if (key === null) return 'end'
  return typeof key === 'string' ? { after: Buffer.from(key, 'base64url').toString('latin1') } : null
}
