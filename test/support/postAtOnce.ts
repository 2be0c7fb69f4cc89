/** Sends HTTP requests over as many connections, opened beforehand, so that they leave within the same few milliseconds. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'

export interface RawAnswer {
  status: number
  body: string
}

async function openConnection(port: number, host: string): Promise<Socket> {
  const socket = connect(port, host)
  await once(socket, 'connect')
  return socket.setNoDelay(true)
}

/** HTTP/1.0: the answer comes in one piece and ends with its connection. */
function encode(url: URL, headers: Record<string, string>, body: string): string {
  const all = { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST ${url.pathname} HTTP/1.0\r\n${lines.join('')}\r\n${body}`
}

async function readAnswer(socket: Socket): Promise<RawAnswer> {
  const answer = await text(socket)
  return { status: Number(answer.split(' ')[1]), body: answer.slice(answer.indexOf('\r\n\r\n') + 4) }
}

/** `spreadMs`: from the first request to the last one, as handed to the system. */
export async function postAtOnce(
  address: string,
  headers: Record<string, string>,
  bodies: readonly string[],
): Promise<{ answers: RawAnswer[]; spreadMs: number }> {
  const url = new URL(address)
  const requests = bodies.map((body) => encode(url, headers, body))
  const sockets = await Promise.all(requests.map(() => openConnection(Number(url.port), url.hostname)))
  const startedAt = performance.now()
  for (const [index, socket] of sockets.entries()) socket.write(requests[index] ?? '')
  const spreadMs = performance.now() - startedAt
  return { answers: await Promise.all(sockets.map(readAnswer)), spreadMs }
}
