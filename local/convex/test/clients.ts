/** Official reactive clients for the tests. */
import { ConvexClient } from 'convex/browser'
import type { FunctionArgs, FunctionReference, FunctionReturnType } from 'convex/server'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

// `ws` rather than Node's own WebSocket: it negotiates compression as browsers do, and can be looked into.
export const clientOptions = {
  webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
  logger: false,
  unsavedChangesWarning: false,
}

/** Closed when the test ends. */
export function connect(url: string): ConvexClient {
  const client = new ConvexClient(url, clientOptions)
  onTestFinished(() => client.close())
  return client
}

/** Every value and error a subscription shows, in order. */
export function watch<Q extends FunctionReference<'query'>>(client: ConvexClient, query: Q, args: FunctionArgs<Q>) {
  const seen: FunctionReturnType<Q>[] = []
  const errors: Error[] = []
  client.onUpdate(
    query,
    args,
    (value) => seen.push(value),
    (error) => errors.push(error),
  )
  return { seen, errors }
}
