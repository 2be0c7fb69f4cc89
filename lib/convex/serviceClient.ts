/** Our own functions' way into Convex: typed calls under the service identity, and one socket that follows the fences of running turns. */
import 'server-only'
import { ConvexClient, ConvexHttpClient } from 'convex/browser'
import type { FunctionArgs, FunctionReference, FunctionReturnType } from 'convex/server'
import { api } from '../../convex/_generated/api.js'
import { requireEnv } from '../env.ts'
import { createPooledFetch } from './pooledFetch.ts'
import { createServiceTokens, type ServiceTokens } from './serviceToken.ts'
import { createTimedFetch, type Patience, withPatience } from './serviceTransport.ts'

export type { Patience } from './serviceTransport.ts'
export { ConvexUnreachable } from './serviceTransport.ts'

type Query = FunctionReference<'query'>
type Mutation = FunctionReference<'mutation'>
/** What a worker is told about its turn; null once the turn's rows are gone. */
export type FenceState = FunctionReturnType<typeof api.service.turns.fence>

interface Connection {
  url: string
  tokens: ServiceTokens
  socket: ConvexClient | undefined
}

declare global {
  /** Kept here, so that a reload of this module in development does not open a second socket. */
  var nightshiftService: Connection | undefined
}

function connection(): Connection {
  if (globalThis.nightshiftService) return globalThis.nightshiftService
  const env = requireEnv()
  const tokens = createServiceTokens(env.CONVEX_SERVICE_PRIVATE_KEY, env.SERVICE_ISSUER)
  globalThis.nightshiftService = { url: env.CONVEX_URL, tokens, socket: undefined }
  return globalThis.nightshiftService
}

const pooledFetch = createPooledFetch()

async function httpClient(patience: Patience): Promise<ConvexHttpClient> {
  const { url, tokens } = connection()
  // A client per call is a small object; the HTTP connections below it are pooled.
  return new ConvexHttpClient(url, {
    auth: await tokens.get(),
    fetch: createTimedFetch(patience.timeoutMs, pooledFetch),
    logger: false,
  })
}

/** Every service mutation is safe to repeat, so a connection that broke halfway is simply tried again. */
export function serviceMutation<M extends Mutation>(
  mutation: M,
  args: FunctionArgs<M>,
  patience: Patience = {},
): Promise<FunctionReturnType<M>> {
  return withPatience(async () => {
    const client = await httpClient(patience)
    return client.mutation<Mutation>(mutation, args, { skipQueue: true })
  }, patience)
}

export function serviceQuery<Q extends Query>(
  query: Q,
  args: FunctionArgs<Q>,
  patience: Patience = {},
): Promise<FunctionReturnType<Q>> {
  return withPatience(async () => {
    const client = await httpClient(patience)
    return client.query<Query>(query, args)
  }, patience)
}

function sharedSocket(): ConvexClient {
  const shared = connection()
  if (!shared.socket) {
    shared.socket = new ConvexClient(shared.url, { unsavedChangesWarning: false, logger: false })
    shared.socket.setAuth(({ forceRefreshToken }) => shared.tokens.get(forceRefreshToken))
  }
  return shared.socket
}

/** The next step of a turn follows the same fence a moment later: the server would be told to stop and to begin again at each. */
const LINGER_MS = 2_000

/**
 * Follows a turn's fence over the process's one socket; returns how to stop following. It makes a stop quick: the guarantee is
 * the refused write, so that an error here (Convex down, say) is no reason to end the work.
 */
export function watchFence(turnId: string, onChange: (fence: FenceState) => void): () => void {
  let isFollowed = true
  const hear = (fence: FenceState) => {
    if (isFollowed) onChange(fence)
  }
  const watch = sharedSocket().onUpdate(api.service.turns.fence, { turnId }, hear, (error) => {
    console.warn(JSON.stringify({ at: 'watchFence', turnId, problem: error.message }))
  })
  return () => {
    isFollowed = false
    setTimeout(() => watch.unsubscribe(), LINGER_MS).unref()
  }
}
