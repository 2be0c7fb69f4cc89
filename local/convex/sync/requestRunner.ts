/** One session's mutations, strictly one after the other, and its actions, all at once. */
import type { Caller } from '../auth/authenticator.ts'
import type { Backend, Call } from '../engine/backend.ts'
import { actionResponse, type FunctionRequest, mutationResponse } from './protocol.ts'
import { closeCodes, type SessionLink } from './sessionLink.ts'

/** Mutations waiting for their turn, or actions running: more closes the socket. */
const MAX_WAITING = 1_000
/** While this much is unread no further mutation starts: a client that reads nothing costs bounded memory. */
const MAX_BUFFERED_BYTES = 1024 * 1024

export interface RequestRunner {
  /** `caller` is the identity at the moment the message arrived, whatever is authenticated while it waits. */
  mutation(request: FunctionRequest, caller: Caller, sessionId: string): void
  action(request: FunctionRequest, caller: Caller): void
  /** Goes on when bytes have left. */
  resume(): void
  clear(): void
}

export interface RequestRunnerDeps {
  backend: Backend
  link: SessionLink
  identityVersion: () => number
  /** After a successful mutation's response was sent. */
  onCommitted: (ts: bigint) => void
}

interface QueuedMutation {
  request: FunctionRequest
  caller: Caller
  sessionId: string
}

export function callOf(
  request: { path: string; args: Call['args']; component: string | undefined },
  caller: Caller,
): Call {
  const { path, args, component } = request
  return { path, args, identity: caller.identity, admin: caller.admin, ...(component ? { component } : {}) }
}

export function createRequestRunner({ backend, link, identityVersion, onCommitted }: RequestRunnerDeps): RequestRunner {
  const queue: QueuedMutation[] = []
  let mutating = false
  let actionsRunning = 0

  async function runMutation({ request, caller, sessionId }: QueuedMutation): Promise<void> {
    if (link.endIfExpired(caller, identityVersion())) return
    const { requestId } = request
    // The session names the request: a repeat after a lost connection gets the stored answer of the first run.
    const { outcome, ts } = await backend.runMutation({ ...callOf(request, caller), session: { sessionId, requestId } })
    link.send(mutationResponse(requestId, outcome, ts))
    if (outcome.ok) onCommitted(ts)
  }

  async function runQueue(): Promise<void> {
    mutating = true
    try {
      while (!link.isClosed() && link.bufferedBytes() <= MAX_BUFFERED_BYTES) {
        const next = queue.shift()
        if (!next) return
        await runMutation(next)
      }
    } finally {
      mutating = false
    }
  }

  function resume(): void {
    if (!mutating && queue.length > 0) runQueue().catch(link.fail)
  }

  async function runAction(request: FunctionRequest, caller: Caller): Promise<void> {
    actionsRunning += 1
    try {
      const outcome = await backend.runAction(callOf(request, caller))
      link.send(actionResponse(request.requestId, outcome))
    } finally {
      actionsRunning -= 1
    }
  }

  return {
    resume,
    mutation(request, caller, sessionId) {
      if (queue.length >= MAX_WAITING) {
        link.close(closeCodes.tryLater, 'TooManyConcurrentRequests')
        return
      }
      queue.push({ request, caller, sessionId })
      resume()
    },
    action(request, caller) {
      if (link.endIfExpired(caller, identityVersion())) return
      if (actionsRunning >= MAX_WAITING) {
        link.close(closeCodes.tryLater, 'TooManyConcurrentRequests')
        return
      }
      runAction(request, caller).catch(link.fail)
    },
    clear() {
      queue.length = 0
    },
  }
}
