/**
 * The running copy at another address, where it can be deployed anew at will: pages and the service worker carry the name of their build,
 * as those of two builds would differ. Building twice would take minutes and show the browser the same.
 */
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export async function startDeploys(app: string, first: string) {
  let build = first
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', app)
    const isMarked =
      pathname === '/sw.js' || (request.headers.accept ?? '').includes('text/html') || pathname === '/shell'
    const headers = { ...request.headers, ...(isMarked ? { 'accept-encoding': 'identity' } : {}) }
    const onward = ask(new URL(request.url ?? '/', app), { method: request.method ?? 'GET', headers }, (answer) => {
      if (!isMarked) {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
        return
      }
      const { 'content-length': _, 'transfer-encoding': __, ...rest } = answer.headers
      response.writeHead(answer.statusCode ?? 502, rest)
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => response.end(mark(Buffer.concat(parts).toString(), pathname === '/sw.js', build)))
    })
    onward.on('error', () => response.writeHead(502).end())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    deploy: (name: string) => {
      build = name
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The worker names its build in one place, as the revision of the shell. */
function mark(text: string, isWorker: boolean, build: string): string {
  return isWorker
    ? text.replace(/revision:"[^"]+"/, `revision:"${build}"`)
    : text.replace('<html ', `<html data-build="${build}" `)
}
