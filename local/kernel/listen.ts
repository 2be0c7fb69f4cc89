import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Listening {
  server: Server
  port: number
  /** `http://127.0.0.1:<port>` */
  origin: string
  /** Stops accepting, ends open connections, resolves when closed. */
  close(): Promise<void>
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** True when a `Host` header names this machine. Anything else may be a DNS-rebinding page and is answered 421. */
export function isLoopbackHost(hostHeader: string | undefined): boolean {
  if (hostHeader === undefined) return true
  return loopbackHosts.has(hostHeader.replace(/:\d+$/, '').toLowerCase())
}

/**
 * Serves HTTP on the loopback interface only. `port` 0 takes any free port.
 * Rejects with a clear sentence when the port is taken.
 */
export function listen(
  port: number,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listening> {
  const server = createServer((request, response) => {
    if (!isLoopbackHost(request.headers.host)) {
      response.writeHead(421, { 'content-type': 'application/json' })
      response.end('{"error":"This server answers only to loopback names."}')
      return
    }
    handler(request, response)
  })
  // Long calls are normal here (a model step takes minutes): Node's own request timeout would cut them.
  server.requestTimeout = 0
  server.keepAliveTimeout = 65_000
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is already in use by another program. Stop it, or choose another port.`, {
              cause: error,
            })
          : error,
      )
    })
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo
      resolve({
        server,
        port: taken,
        origin: `http://127.0.0.1:${taken}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}
