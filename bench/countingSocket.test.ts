import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import zlib from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { createCountingFetch, createCountingSocket } from './countingSocket.ts'

async function serve(answer: Parameters<typeof createServer>[1]) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, port: (server.address() as AddressInfo).port }
}

test('a fetch counts what went over the connection, headers included, and compressed as it was', async () => {
  const text = 'night '.repeat(10_000)
  const seen: Socket[] = []
  const { port } = await serve((request, response) => {
    seen.push(request.socket)
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(zlib.gzipSync(text))
  })
  const { countedFetch, bytes, close } = createCountingFetch()
  onTestFinished(close)
  const response = await countedFetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'hello' })
  expect(await response.text()).toBe(text)
  expect(bytes()).toEqual({ received: seen[0]?.bytesWritten, sent: seen[0]?.bytesRead })
  expect(bytes().received).toBeLessThan(1_000)
})

test('a second fetch over the same connection adds up', async () => {
  const { port } = await serve((_request, response) => response.end('x'.repeat(1_000)))
  const { countedFetch, bytes, close } = createCountingFetch()
  onTestFinished(close)
  for (const times of [1, 2]) {
    await (await countedFetch(`http://127.0.0.1:${port}/`)).text()
    expect(bytes().received).toBeGreaterThan(1_000 * times)
  }
})

test('a socket counts both ways from its handshake on', async () => {
  const { server, port } = await serve(undefined)
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
  const { CountingSocket, bytes } = createCountingSocket()
  const socket = new CountingSocket(`ws://127.0.0.1:${port}`)
  await new Promise((resolve) => socket.once('open', resolve))
  const before = bytes()
  socket.send('y'.repeat(500))
  await new Promise((resolve) => socket.once('message', resolve))
  // Two bytes of length and two of head, four of mask from a client.
  expect(bytes()).toEqual({ received: before.received + 504, sent: before.sent + 508 })
  expect(before.received).toBeGreaterThan(100)
  socket.close()
})
