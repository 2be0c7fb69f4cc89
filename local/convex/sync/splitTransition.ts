/** Cuts a transition too large for one frame into TransitionChunk messages. */
import { randomUUID } from 'node:crypto'

/** Above this many bytes of JSON text a transition is sent in parts; it is also the size of a part. */
const CHUNK_BYTES = 5_000_000

/** True for the second and later bytes of a character in UTF-8. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** Cuts at character boundaries, so that every part is valid text of its own. */
export function splitText(text: string, partBytes: number): string[] {
  const bytes = Buffer.from(text)
  const parts: string[] = []
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + partBytes, bytes.length)
    while (end > start + 1 && isContinuation(bytes[end])) end--
    parts.push(bytes.toString('utf8', start, end))
    start = end
  }
  return parts
}

/** The messages to send for one transition: itself, or its parts in order. */
export function splitTransition(text: string, limit = CHUNK_BYTES): string[] {
  // A UTF-16 unit takes at most three bytes: shorter texts need no counting.
  if (text.length * 3 <= limit || Buffer.byteLength(text) <= limit) return [text]
  const parts = splitText(text, limit)
  const transitionId = randomUUID()
  return parts.map((chunk, partNumber) =>
    JSON.stringify({ type: 'TransitionChunk', chunk, partNumber, totalParts: parts.length, transitionId }),
  )
}
