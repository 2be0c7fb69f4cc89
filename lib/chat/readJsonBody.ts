/** Reads a request's JSON without trusting its length: stops reading where it grows too large. */
import { type ChatErrorData, chatErrorData } from './chatError.ts'

/** 32,000 characters, each written as a six-byte escape, are 192 KB. */
export const maxBodyBytes = 256 * 1024

export type JsonBody = { ok: true; value: unknown } | { ok: false; error: ChatErrorData }

function refuse(code: 'body-too-large' | 'wrong-content-type' | 'bad-request'): JsonBody {
  return { ok: false, error: chatErrorData(code) }
}

async function readBytes(body: ReadableStream<Uint8Array>): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop early cancels the stream: the rest is never read.
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export async function readJsonBody(request: Request): Promise<JsonBody> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return refuse('wrong-content-type')
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) return refuse('body-too-large')
  if (!request.body) return refuse('bad-request')
  try {
    const bytes = await readBytes(request.body)
    if (!bytes) return refuse('body-too-large')
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown }
  } catch {
    // A body that broke off, is no UTF-8 or is no JSON: the sender's fault each time, and told so.
    return refuse('bad-request')
  }
}
