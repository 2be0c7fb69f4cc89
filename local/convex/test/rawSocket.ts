/** A sync socket spoken by hand, for what the official client never does or never shows. */
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { until } from './until.ts'

export type Message = Record<string, unknown> & { type: string }

export interface RawSocket {
  ws: WebSocket
  messages: Message[]
  texts: string[]
  closed: { code: number; reason: string } | null
  send(message: Record<string, unknown> | string): void
  ofType(type: string): Message[]
  /** Bytes that came over the wire, frames and compression included. */
  bytesRead(): number
}

/** Connected, and past its `Connect` unless `connect` is false. */
export async function openRawSocket(
  url: string,
  options: { sessionId?: string; connect?: boolean } = {},
): Promise<RawSocket> {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/api/1.48.0/sync`)
  let stream: Socket | undefined
  ws.on('upgrade', (response) => {
    stream = response.socket
  })
  const socket: RawSocket = {
    ws,
    messages: [],
    texts: [],
    closed: null,
    send: (message) => ws.send(typeof message === 'string' ? message : JSON.stringify(message)),
    ofType: (type) => socket.messages.filter((message) => message.type === type),
    bytesRead: () => stream?.bytesRead ?? 0,
  }
  ws.on('message', (data) => {
    const text = String(data)
    socket.texts.push(text)
    socket.messages.push(JSON.parse(text))
  })
  ws.on('close', (code, reason) => {
    socket.closed = { code, reason: String(reason) }
  })
  ws.on('error', () => {
    // 'close' follows and is what tests look at.
  })
  onTestFinished(() => ws.terminate())
  await until('the socket to open', () => ws.readyState === WebSocket.OPEN)
  if (options.connect !== false) {
    const sessionId = options.sessionId ?? randomUUID()
    socket.send({
      type: 'Connect',
      sessionId,
      connectionCount: 0,
      lastCloseReason: 'InitialConnect',
      clientTs: Date.now(),
    })
  }
  return socket
}

export const addQuery = (queryId: number, udfPath: string, args: unknown, journal: string | null = null) => ({
  type: 'Add',
  queryId,
  udfPath,
  args: [args],
  journal,
})

export const modifyQuerySet = (baseVersion: number, ...modifications: unknown[]) => ({
  type: 'ModifyQuerySet',
  baseVersion,
  newVersion: baseVersion + 1,
  modifications,
})
