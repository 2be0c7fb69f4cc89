/** WebSockets and fetches whose real bytes are counted: what went over the connection, after compression, headers and handshake included. */
import http from 'node:http'
import { Readable } from 'node:stream'
import zlib from 'node:zlib'
import { WebSocket } from 'ws'

export interface ByteCount {
  /** To the page. */
  received: number
  /** From the page. */
  sent: number
}

interface Connection {
  bytesRead: number
  bytesWritten: number
}

function sum(connections: readonly Connection[]): ByteCount {
  return {
    received: connections.reduce((total, { bytesRead }) => total + bytesRead, 0),
    sent: connections.reduce((total, { bytesWritten }) => total + bytesWritten, 0),
  }
}

/** A WebSocket class to hand to a Convex client, and the bytes of every connection made with it. */
export function createCountingSocket() {
  const connections: Connection[] = []
  class CountingSocket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols)
      this.once('upgrade', ({ socket }) => connections.push(socket))
    }
  }
  return { CountingSocket, bytes: () => sum(connections) }
}

/** What a browser offers and Node can undo. */
const encodings = 'gzip, br'

function decode(response: http.IncomingMessage): Readable {
  const flush = zlib.constants.Z_SYNC_FLUSH
  if (response.headers['content-encoding'] === 'gzip') return response.pipe(zlib.createGunzip({ flush }))
  if (response.headers['content-encoding'] === 'br') return response.pipe(zlib.createBrotliDecompress())
  return response
}

/** `fetch` over one kept-alive connection at a time, counted. */
export function createCountingFetch() {
  const agent = new http.Agent({ keepAlive: true })
  const connections = new Set<Connection>()
  const countedFetch: typeof fetch = (input, init) =>
    new Promise((resolve, reject) => {
      const headers = { 'accept-encoding': encodings, ...Object.fromEntries(new Headers(init?.headers)) }
      const url = input instanceof Request ? input.url : String(input)
      const request = http.request(url, { agent, method: init?.method ?? 'GET', headers })
      request.once('socket', (socket) => connections.add(socket))
      request.once('error', reject)
      request.once('response', (response) => {
        const body = Readable.toWeb(decode(response)) as ReadableStream<Uint8Array>
        const kept = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)])
        resolve(new Response(body, { status: response.statusCode ?? 0, headers: kept }))
      })
      request.end(typeof init?.body === 'string' ? init.body : undefined)
    })
  return { countedFetch, bytes: () => sum([...connections]), close: () => agent.destroy() }
}
