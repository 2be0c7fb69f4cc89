/** The WebSocket side: upgrades, compression, liveness. Each socket's talk is `syncSession.ts`. */
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import { isLoopbackHost } from '../../kernel/listen.ts'
import type { SyncSocket } from './sessionLink.ts'
import { createSyncSession, type SyncSession, type SyncSessionDeps } from './syncSession.ts'

/** Function arguments may take 16 MiB; the rest of the message needs room too. */
const MAX_MESSAGE_BYTES = 20 * 1024 * 1024
const SWEEP_MS = 5_000
/** Clients reconnect after hearing nothing for 60 s. */
const PING_AFTER_MS = 15_000
const DROP_AFTER_MS = 120_000
const CLOSE_GOING_AWAY = 1001
/** Strict profile: the chance that a sweep cuts a socket, so one lives five minutes on average. */
const CUT_CHANCE = 1 / 60

/**
 * Contexts are kept between messages, which is what makes streamed text cheap: a small transition repeats nearly all of
 * the one before (measured: about 30 bytes for ten characters of text). With a 16 KB window and this memLevel a socket that
 * was written to costs about 180 KB, one that was not about 25 KB.
 */
const compression = {
  threshold: 0,
  serverMaxWindowBits: 14,
  zlibDeflateOptions: { memLevel: 7 },
  concurrencyLimit: 16,
}

export interface SyncServer {
  socketCount(): number
  /** Cuts every connection as a network failure would; resolves when they are gone. */
  dropSockets(): Promise<void>
  /** Ends every connection; clients reconnect by themselves. */
  close(): Promise<void>
}

interface Connection {
  socket: WebSocket
  session: SyncSession
  lastHeardAt: number
}

/** `/api/sync` and `/api/<any version>/sync`. */
export function isSyncPath(url: string | undefined): boolean {
  return /^\/api\/(?:[^/]+\/)?sync$/.test((url ?? '').split('?')[0] ?? '')
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

function toText(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString()
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data).toString()
}

function syncSocketOf(socket: WebSocket): SyncSocket {
  return {
    send(text, flushed) {
      // An error here is followed by 'close'; the session needs to know only that nothing is pending.
      if (socket.readyState === WebSocket.OPEN) socket.send(text, () => flushed())
      else flushed()
    },
    close: (code, reason) => socket.close(code, reason),
    bufferedBytes: () => socket.bufferedAmount,
  }
}

export interface SyncServerDeps extends SyncSessionDeps {
  isReady: () => boolean
  /** Cuts sockets at random, as bad networks do. */
  faults?: () => number
}

export function attachSyncServer(server: Server, deps: SyncServerDeps): SyncServer {
  const { clock, log, isReady, faults } = deps
  const connections = new Set<Connection>()
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: compression, maxPayload: MAX_MESSAGE_BYTES })

  function upgradeRefusal(request: IncomingMessage): string | null {
    if (!isLoopbackHost(request.headers.host)) return '421 Misdirected Request'
    if (!isSyncPath(request.url)) return '404 Not Found'
    return isReady() ? null : '503 Service Unavailable'
  }

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', (error) => log.debug('upgrade-failed', { message: error.message }))
    const refusal = upgradeRefusal(request)
    if (refusal !== null) {
      refuseUpgrade(stream, refusal)
      return
    }
    if (stream instanceof Socket) stream.setNoDelay(true)
    sockets.handleUpgrade(request, stream, head, open)
  }

  function open(socket: WebSocket): void {
    const session = createSyncSession(syncSocketOf(socket), deps)
    const connection = { socket, session, lastHeardAt: clock.now() }
    connections.add(connection)
    const heard = () => {
      connection.lastHeardAt = clock.now()
    }
    socket.on('message', (data, isBinary) => {
      heard()
      if (isBinary) session.violate('Messages are text frames, this one was binary.')
      else session.receive(toText(data))
    })
    socket.on('pong', heard)
    socket.on('ping', heard)
    // Malformed frames and resets: 'close' follows.
    socket.on('error', (error) => log.debug('socket-error', { message: error.message }))
    socket.on('close', () => {
      connections.delete(connection)
      session.ended()
    })
  }

  function sweep(): void {
    const now = clock.now()
    for (const { socket, session, lastHeardAt } of connections) {
      const isSilent = now - lastHeardAt > DROP_AFTER_MS
      if (isSilent || (faults !== undefined && faults() < CUT_CHANCE)) {
        socket.terminate()
        continue
      }
      if (socket.readyState !== WebSocket.OPEN) continue
      socket.ping()
      if (now - session.lastSentAt() >= PING_AFTER_MS) session.sendPing()
    }
  }

  server.on('upgrade', onUpgrade)
  const stopSweep = clock.every(SWEEP_MS, sweep)

  return {
    socketCount: () => connections.size,
    async dropSockets() {
      const gone = [...connections].map(({ socket }) => once(socket, 'close'))
      for (const { socket } of connections) socket.terminate()
      await Promise.all(gone)
    },
    async close() {
      stopSweep()
      server.off('upgrade', onUpgrade)
      for (const { socket, session } of connections) {
        session.ended()
        socket.close(CLOSE_GOING_AWAY, 'Restarting')
      }
      // A moment for the close frames; a peer that does not answer is cut off.
      await new Promise((resolve) => setTimeout(resolve, connections.size > 0 ? 50 : 0))
      for (const { socket } of connections) socket.terminate()
      sockets.close()
    },
  }
}
