/** How a call reaches Convex: a short timeout, patience with a connection that is down, and one error that says so. No decisions about turns. */

/** Convex could not be reached, or did not answer in time: the call may or may not have happened. Every service call is safe to repeat. */
export class ConvexUnreachable extends Error {
  constructor(what: string, cause: unknown) {
    super(`Convex could not be reached (${what}). The call is safe to repeat.`, { cause })
    this.name = 'ConvexUnreachable'
  }
}

/** Answers of a proxy or of a server that is starting, not of a function. */
const gatewayStatuses = new Set([429, 502, 503, 504])

/** One call gets this long; a mutation takes milliseconds, so what takes longer is lost. */
const CALL_TIMEOUT_MS = 10_000
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000

export interface Patience {
  /** Keep trying a connection that is down for this long. 0: one try. */
  patienceMs?: number
  /** How long a single try may take. */
  timeoutMs?: number
  /** Ends the waiting between tries. */
  signal?: AbortSignal
}

/** `fetch` for one try: never cached, ends by itself, and throws `ConvexUnreachable` for whatever is not an answer. */
export function createTimedFetch(timeoutMs = CALL_TIMEOUT_MS, send: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const response = await send(input, { ...init, cache: 'no-store', signal })
      if (gatewayStatuses.has(response.status)) {
        await response.body?.cancel()
        throw new Error(`HTTP ${response.status}`)
      }
      // The body is read here, so that a connection cut halfway is told apart from a wrong answer.
      const body = await response.text()
      return new Response(body, { status: response.status, headers: response.headers })
    } catch (error) {
      throw new ConvexUnreachable(error instanceof Error ? error.message : 'unknown', error)
    }
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
  })
}

/** Repeats a call while the connection is down, with growing pauses, until the patience is used up. Other errors pass at once. */
export async function withPatience<T>(call: () => Promise<T>, patience: Patience = {}): Promise<T> {
  const { patienceMs = 1_000, signal } = patience
  const until = Date.now() + patienceMs
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await call()
    } catch (error) {
      const retriable = error instanceof ConvexUnreachable && Date.now() + pauseMs <= until && !signal?.aborted
      if (!retriable) throw error
      // A little randomness, so that a hundred replies do not come back in the same millisecond.
      await pause(pauseMs * (0.5 + Math.random()), signal)
    }
  }
}
