import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ConvexUnreachable, createTimedFetch, withPatience } from './serviceTransport.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('one try of a call', () => {
  it('passes answers on, also refusals of a function', async () => {
    const origin = await serve((_request, response) => response.writeHead(560).end('{"status":"error"}'))
    const response = await createTimedFetch()(origin)
    expect(response.status).toBe(560)
    expect(await response.json()).toEqual({ status: 'error' })
  })

  it('calls a dead port, a starting server, a cut answer and a silent one the same: unreachable', async () => {
    const starting = await serve((_request, response) => response.writeHead(503).end())
    const cut = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
      setImmediate(() => response.destroy())
    })
    const silent = await serve(() => undefined)
    for (const origin of ['http://127.0.0.1:1', starting, cut, silent]) {
      await expect(createTimedFetch(200)(origin), origin).rejects.toBeInstanceOf(ConvexUnreachable)
    }
  })
})

describe('patience', () => {
  it('repeats a call until the connection is back', async () => {
    let tries = 0
    const answer = await withPatience(async () => {
      tries += 1
      if (tries < 3) throw new ConvexUnreachable('test', undefined)
      return 'here'
    })
    expect([answer, tries]).toEqual(['here', 3])
  })

  it('gives up when it is used up, and never repeats another error', async () => {
    let tries = 0
    const down = async () => {
      tries += 1
      throw new ConvexUnreachable('test', undefined)
    }
    await expect(withPatience(down, { patienceMs: 0 })).rejects.toBeInstanceOf(ConvexUnreachable)
    expect(tries).toBe(1)
    const refused = async () => {
      tries += 1
      throw new Error('refused')
    }
    await expect(withPatience(refused)).rejects.toThrow('refused')
    expect(tries).toBe(2)
  })

  it('ends when the work is aborted', async () => {
    const abort = new AbortController()
    let tries = 0
    const call = withPatience(
      async () => {
        tries += 1
        abort.abort()
        throw new ConvexUnreachable('test', undefined)
      },
      { patienceMs: 60_000, signal: abort.signal },
    )
    await expect(call).rejects.toBeInstanceOf(ConvexUnreachable)
    expect(tries).toBe(1)
  })
})
