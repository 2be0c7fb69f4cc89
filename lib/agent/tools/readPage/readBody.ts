/** The bytes of an answer, unpacked, and never more than we hold: a small answer may unpack to a huge one. */
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { PageProblem } from './pageAddress.ts'

export const MOST_BYTES = 2 * 1024 * 1024

function unpacker(encoding: string) {
  switch (encoding) {
    case '':
    case 'identity':
      return undefined
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    default:
      throw new PageProblem(`The page is packed in a way that is not understood: ${encoding.slice(0, 40)}.`)
  }
}

/** Lets what was packed through, up to a limit of its own: endless packed bytes need not unpack to anything. */
async function* limited(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let read = 0
  for await (const chunk of body) {
    read += chunk.length
    if (read > MOST_BYTES) throw new PageProblem('The page is too large to read.')
    yield chunk
  }
}

function unpacked(body: Readable, encoding: string): AsyncIterable<Buffer> {
  const through = unpacker(encoding.trim().toLowerCase())
  // What fails on the way is thrown where the result is read.
  return through ? pipeline(limited(body), through, () => undefined) : body
}

/** What is beyond the limit is left out. */
export async function readBody(body: Readable, encoding: string): Promise<{ bytes: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = []
  let read = 0
  for await (const chunk of unpacked(body, encoding)) {
    chunks.push(chunk)
    read += chunk.length
    if (read > MOST_BYTES) break
  }
  const bytes = Buffer.concat(chunks)
  return { bytes: bytes.subarray(0, MOST_BYTES), truncated: read > MOST_BYTES }
}
