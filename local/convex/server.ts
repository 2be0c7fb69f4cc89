/** The network side of one backend: the main origin with its sync sockets, and the site origin of HTTP actions. */
import { type Clock, systemClock } from '../kernel/clock.ts'
import { listen } from '../kernel/listen.ts'
import type { Log } from '../kernel/log.ts'
import { createAuthenticator } from './auth/authenticator.ts'
import type { Backend } from './engine/backend.ts'
import { createMainOrigin, createSiteOrigin, type OriginDeps } from './http/mainOrigin.ts'
import { attachSyncServer } from './sync/syncServer.ts'

export interface ConvexServerOptions {
  backend: Backend
  /** 0 takes any free port. */
  port: number
  sitePort: number
  adminKey: string
  log: Log
  clock?: Clock
  /** False: everything but `/health` answers 503 until `open()`. Default true. */
  isOpen?: boolean
  /** [0, 1): when given, sync sockets are cut at random now and then (strict profile). */
  faults?: () => number
}

export interface ConvexServer {
  /** `http://127.0.0.1:<port>`, what CONVEX_URL holds. */
  url: string
  siteUrl: string
  /** From now on requests are served. */
  open(): void
  socketCount(): number
  /** Cuts every sync socket as a network failure would (tests of reconnecting). */
  dropSockets(): Promise<void>
  /** Ends connections and listeners; the backend is its owner's to close. */
  close(): Promise<void>
}

export async function createConvexServer(options: ConvexServerOptions): Promise<ConvexServer> {
  const { backend, port, sitePort, adminKey, log, clock = systemClock } = options
  let isOpen = options.isOpen ?? true
  const authenticator = createAuthenticator({ providers: () => backend.authProviders(), adminKey, clock })
  const originDeps: OriginDeps = {
    backend,
    authenticator,
    log,
    isReady: () => isOpen,
    health: () => ({ sockets: sync.socketCount() }),
  }
  const main = await listen(port, createMainOrigin(originDeps))
  const sync = attachSyncServer(main.server, {
    backend,
    authenticator,
    clock,
    log,
    isReady: () => isOpen,
    ...(options.faults ? { faults: options.faults } : {}),
  })
  const site = await listen(sitePort, createSiteOrigin(originDeps)).catch(async (error: unknown) => {
    await main.close()
    throw error
  })

  return {
    url: main.origin,
    siteUrl: site.origin,
    open() {
      isOpen = true
    },
    socketCount: () => sync.socketCount(),
    dropSockets: () => sync.dropSockets(),
    async close() {
      await sync.close()
      await Promise.all([main.close(), site.close()])
    },
  }
}
