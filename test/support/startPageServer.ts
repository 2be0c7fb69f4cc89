/** A site of a test's own: pages by path, on a real socket, and every request that came. */
import { createServer, type RequestListener } from 'node:http'

export async function startPageServer() {
  const pages = new Map<string, RequestListener>()
  /** Path and query, in order. */
  const requests: string[] = []
  const server = createServer((request, response) => {
    const address = request.url ?? '/'
    requests.push(address)
    const page = pages.get(address.split('?')[0] ?? '')
    if (page) page(request, response)
    else response.writeHead(404).end('nothing here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const url = `http://${host}`
  return {
    host,
    url,
    requests,
    /** The page's whole address. A text is served as HTML. */
    show(path: string, page: string | RequestListener): string {
      const html: RequestListener = (_request, response) =>
        response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
      pages.set(path, typeof page === 'string' ? html : page)
      return `${url}${path}`
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export type PageServer = Awaited<ReturnType<typeof startPageServer>>
