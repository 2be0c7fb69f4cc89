/** Sends HTTP requests over as many connections, opened beforehand, so that they leave within the same few milliseconds. */
import { once } from 'node:events'
import { request } from 'node:http'
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

/** `spreadMs`: from the first request to the last one, as handed to the system. */
export async function postAtOnce(
  url: string,
  headers: Record<string, string>,
  bodies: readonly string[],
): Promise<{ answers: RawAnswer[]; spreadMs: number }> {
  const { hostname, port } = new URL(url)
  const sockets = await Promise.all(bodies.map(() => openConnection(Number(port), hostname)))
  const startedAt = performance.now()
  const answers = bodies.map(async (body, index): Promise<RawAnswer> => {
    const socket = sockets[index]
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, connection: 'close' },
      ...(socket ? { createConnection: () => socket } : {}),
    })
    const answered = once(sent, 'response')
    sent.end(body)
    const [response] = await answered
    return { status: response.statusCode, body: await text(response) }
  })
  const spreadMs = performance.now() - startedAt
  return { answers: await Promise.all(answers), spreadMs }
}
