/** The way out of one session: sending, closing once, and telling protocol violations from faults of ours. */
import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Caller } from '../auth/authenticator.ts'
import { authError, fatalError, ProtocolError } from './protocol.ts'

/** What a session needs of a socket; `syncServer.ts` makes it from a WebSocket, tests from arrays. */
export interface SyncSocket {
  /** `flushed` is called when the bytes have left for the kernel, or the socket is gone. */
  send(text: string, flushed: () => void): void
  close(code: number, reason: string): void
  /** Bytes accepted by `send` and not yet handed to the kernel. */
  bufferedBytes(): number
}

export const closeCodes = { normal: 1000, policy: 1008, internal: 1011, tryLater: 1013 } as const

export interface SessionLink {
  isClosed(): boolean
  bufferedBytes(): number
  send(text: string, flushed?: () => void): void
  close(code: number, reason: string): void
  /** Marks the session as over without touching the socket. */
  end(): void
  /** What the client did is against the protocol: it gives up for good. */
  violate(message: string): void
  /** Ends the session for an error: a ProtocolError is the client's, anything else ours (it reconnects and repeats). */
  fail(error: unknown): void
  /** True when the caller's token has expired; the client is then sent for a new one and the socket closed. */
  endIfExpired(caller: Caller, identityVersion: number): boolean
  lastSentAt(): number
}

export interface SessionLinkDeps {
  clock: Clock
  log: Log
  /** Called once, when the session is over for whatever reason. */
  onEnd: () => void
  /** Called whenever bytes have left for the kernel. */
  onDrain: () => void
  describe: () => Record<string, unknown>
}

export function createSessionLink(socket: SyncSocket, deps: SessionLinkDeps): SessionLink {
  const { clock, log, onEnd, onDrain, describe } = deps
  let closed = false
  let lastSentAt = clock.now()

  function send(text: string, flushed?: () => void): void {
    if (closed) return
    lastSentAt = clock.now()
    socket.send(text, () => {
      flushed?.()
      if (!closed) onDrain()
    })
  }

  function end(): void {
    if (closed) return
    closed = true
    onEnd()
  }

  function close(code: number, reason: string): void {
    if (closed) return
    end()
    socket.close(code, reason)
  }

  function violate(message: string): void {
    log.warn('protocol-violation', { ...describe(), message })
    send(fatalError(message))
    close(closeCodes.policy, 'ProtocolViolation')
  }

  function fail(error: unknown): void {
    if (closed) return
    if (error instanceof ProtocolError) {
      violate(error.message)
      return
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log.error('session-failed', { ...describe(), error: text })
    close(closeCodes.internal, 'InternalServerError')
  }

  return {
    isClosed: () => closed,
    bufferedBytes: () => socket.bufferedBytes(),
    send,
    close,
    end,
    violate,
    fail,
    lastSentAt: () => lastSentAt,
    endIfExpired(caller, identityVersion) {
      if (caller.expiresAt === null || clock.now() < caller.expiresAt) return false
      send(authError('The token has expired.', identityVersion, false))
      close(closeCodes.normal, 'AuthError')
      return true
    },
  }
}
