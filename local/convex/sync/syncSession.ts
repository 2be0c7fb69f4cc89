/** One client's socket: takes its messages in order and hands each to the part that acts on it. */
import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import { type Authentication, type Authenticator, anonymous, type Caller } from '../auth/authenticator.ts'
import type { Backend } from '../engine/backend.ts'
import {
  type Authenticate,
  authError,
  type ClientMessage,
  type Connect,
  ProtocolError,
  parseClientMessage,
  ping,
} from './protocol.ts'
import { createRequestRunner } from './requestRunner.ts'
import { closeCodes, createSessionLink, type SyncSocket } from './sessionLink.ts'
import {
  applyQuerySet,
  checkIdentityVersion,
  checkObservedTs,
  createSyncState,
  oweTransition,
  releaseQueries,
} from './syncState.ts'
import { createTransitionLoop, sameIdentity } from './transitionLoop.ts'

/** Messages waiting behind a slow Authenticate; more closes the socket. */
const MAX_WAITING = 1_000
/** How long a token waits for its issuer's keys, and how often they are asked for. */
const KEYS_PATIENCE_MS = 10_000
const KEYS_RETRY_MS = 500

export interface SyncSessionDeps {
  backend: Backend
  authenticator: Authenticator
  clock: Clock
  log: Log
}

export interface SyncSession {
  receive(text: string): void
  /** A frame that no client sends. */
  violate(message: string): void
  sendPing(): void
  /** Milliseconds since the epoch. */
  lastSentAt(): number
  /** The socket is gone. */
  ended(): void
}

export function createSyncSession(socket: SyncSocket, deps: SyncSessionDeps): SyncSession {
  const { backend, authenticator, clock, log } = deps
  const state = createSyncState()
  const inbox: ClientMessage[] = []
  let caller: Caller = anonymous
  let sessionId: string | null = null
  let clientClockSkew = 0
  let reading = false

  const link = createSessionLink(socket, {
    clock,
    log,
    describe: () => ({ sessionId }),
    onDrain() {
      transitions.resume()
      requests.resume()
    },
    onEnd() {
      inbox.length = 0
      requests.clear()
      releaseQueries(state)
      state.queries.clear()
    },
  })
  const transitions = createTransitionLoop({
    state,
    backend,
    link,
    caller: () => caller,
    clockFields: () => ({ clientClockSkew, serverNow: clock.now() }),
  })
  const requests = createRequestRunner({
    backend,
    link,
    identityVersion: () => state.wanted.identity,
    onCommitted(ts) {
      // The client shows the result with the first transition at or after `ts` that follows this response.
      oweTransition(state, ts)
      transitions.want()
    },
  })

  function receive(text: string): void {
    if (link.isClosed()) return
    try {
      inbox.push(parseClientMessage(text))
    } catch (error) {
      link.fail(error)
      return
    }
    if (inbox.length > MAX_WAITING) link.close(closeCodes.tryLater, 'TooManyConcurrentRequests')
    else if (!reading) readInbox().catch(link.fail)
  }

  /** In order: what follows an Authenticate waits until its token is verified; the rest is done in its own tick. */
  async function readInbox(): Promise<void> {
    reading = true
    try {
      for (let message = inbox.shift(); message && !link.isClosed(); message = inbox.shift()) {
        if (message.type === 'Authenticate') await authenticate(message)
        else handle(message)
      }
    } finally {
      reading = false
    }
  }

  function handle(message: Exclude<ClientMessage, Authenticate>): void {
    switch (message.type) {
      case 'Event':
        log.debug('client-event', { sessionId, eventType: message.eventType })
        break
      case 'Connect':
        connect(message)
        break
      case 'ModifyQuerySet':
        requireSession()
        for (const dropped of applyQuerySet(state, message)) dropped.watch?.release()
        transitions.want()
        break
      case 'Mutation':
        requests.mutation(message, caller, requireSession())
        break
      case 'Action':
        requireSession()
        requests.action(message, caller)
        break
    }
  }

  function requireSession(): string {
    if (sessionId === null) throw new ProtocolError('The first message must be Connect.')
    return sessionId
  }

  function connect(message: Connect): void {
    if (sessionId !== null) throw new ProtocolError('Connect was already received on this socket.')
    const { maxObservedTs, clientTs } = message
    if (maxObservedTs !== undefined && maxObservedTs > backend.latestTs()) {
      checkObservedTs(maxObservedTs, clock.now())
      // The data was reset under an open tab: go on from the time it knows, or it would reconnect for ever.
      backend.advanceTs(maxObservedTs)
    }
    sessionId = message.sessionId
    clientClockSkew = clientTs === undefined ? 0 : Math.round(clientTs - clock.now())
  }

  async function authenticate(message: Authenticate): Promise<void> {
    requireSession()
    checkIdentityVersion(state, message.baseVersion)
    const answer = await checkPatiently(message)
    if (link.isClosed()) return
    if (answer.kind === 'accepted') {
      acceptCaller(answer.caller)
      return
    }
    log.info('authentication-failed', { sessionId, message: answer.message })
    if (answer.kind === 'unavailable') {
      // Keys out of reach say nothing about the token: an AuthError would sign the person out after two more tries.
      link.close(closeCodes.tryLater, 'InternalServerError: the keys of the token’s issuer are out of reach')
      return
    }
    link.send(authError(answer.message, state.wanted.identity, true))
    link.close(closeCodes.normal, 'AuthError')
  }

  /** An issuer that restarts is back in a moment; a closed socket would come back only after its own, longer backoff. */
  async function checkPatiently(message: Authenticate): Promise<Authentication> {
    const giveUpAt = clock.now() + KEYS_PATIENCE_MS
    for (;;) {
      const answer = await check(message)
      if (answer.kind !== 'unavailable' || link.isClosed() || clock.now() >= giveUpAt) return answer
      await new Promise<void>((resolve) => {
        clock.after(KEYS_RETRY_MS, resolve)
      })
    }
  }

  async function check(message: Authenticate): Promise<Authentication> {
    if (message.tokenType === 'User') return authenticator.user(message.value)
    if (message.tokenType === 'Admin') return authenticator.admin(message.value, message.impersonating)
    return { kind: 'accepted', caller: anonymous }
  }

  function acceptCaller(next: Caller): void {
    // Same person, fresh token (every client does this within a second of connecting): results stay as they are.
    const isSame = sameIdentity(next, caller)
    caller = next
    state.wanted.identity += 1
    if (!isSame) releaseQueries(state)
    transitions.want()
  }

  return {
    receive,
    violate: link.violate,
    ended: link.end,
    sendPing: () => link.send(ping),
    lastSentAt: link.lastSentAt,
  }
}
