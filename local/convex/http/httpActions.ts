/** HTTP actions: a Node request becomes a WHATWG Request, the app's Response is streamed back. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ReadableStream } from 'node:stream/web'
import { readBody } from '../../kernel/readBody.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Backend, UserIdentity } from '../engine/backend.ts'

const MAX_BODY_BYTES = 20 * 1024 * 1024
/** Headers that speak about this hop, not about the message. */
const hopHeaders = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'proxy-authorization',
  'te',
  'trailer',
])

function toHeaders(request: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || hopHeaders.has(name)) continue
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one)
  }
  return headers
}

async function toRequest(request: IncomingMessage, url: URL): Promise<Request> {
  // HEAD is answered by the GET route; Node leaves the body out of the answer.
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
  const init: RequestInit = { method, headers: toHeaders(request) }
  if (method === 'GET') return new Request(url, init)
  const body = await readBody(request, MAX_BODY_BYTES)
  // Copied: a Buffer may be a window on a shared pool.
  return new Request(url, body.length > 0 ? { ...init, body: new Uint8Array(body) } : init)
}

function writeHead(from: Response, response: ServerResponse): void {
  response.statusCode = from.status
  if (from.statusText) response.statusMessage = from.statusText
  for (const [name, value] of from.headers) {
    if (name !== 'set-cookie' && !hopHeaders.has(name)) response.setHeader(name, value)
  }
  const cookies = from.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
}

/** Resolves when the response takes more, or its reader is gone. */
function writable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}

async function writeBody(from: Response, response: ServerResponse): Promise<void> {
  if (from.body) {
    response.flushHeaders()
    // lib.dom's ReadableStream and Node's are the same object with two types.
    for await (const chunk of from.body as ReadableStream<Uint8Array>) {
      // A reader that left does not abort the action: what it still writes is read and dropped.
      if (response.destroyed) continue
      if (!response.write(chunk)) await writable(response)
    }
  }
  response.end()
}

export interface HttpActionDeps {
  backend: Backend
  authenticator: Authenticator
}

/** A bad or foreign Authorization header is the action's own business: it only means that nobody is known. */
async function identityOf(request: IncomingMessage, authenticator: Authenticator): Promise<UserIdentity | null> {
  const answer = await authenticator.header(request.headers.authorization)
  return answer.kind === 'accepted' ? answer.caller.identity : null
}

/** `url` is what the action sees: on the main origin the `/http` prefix has been taken off. */
export async function answerHttpAction(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { backend, authenticator }: HttpActionDeps,
): Promise<void> {
  const identity = await identityOf(request, authenticator)
  const answer = await backend.runHttpAction(await toRequest(request, url), identity)
  writeHead(answer, response)
  await writeBody(answer, response)
}
