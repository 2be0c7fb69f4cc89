/** Puts the parts together: database, recovery, HTTP, registration, dispatch. In this order. */
import { join } from 'node:path'
import { monotonicFactory } from 'ulid'
import { type Clock, systemClock } from '../kernel/clock.ts'
import { createLog, type Log } from '../kernel/log.ts'
import { openDatabase } from '../kernel/openDatabase.ts'
import type { CallIdentity } from './engine/buildCall.ts'
import { createTransport } from './engine/callApp.ts'
import { type Behaviour, type Core, createCore } from './engine/core.ts'
import { createDispatcher } from './engine/dispatcher.ts'
import { recover } from './engine/recover.ts'
import { type Pruned, prune } from './engine/retention.ts'
import { retryPolicy } from './engine/retryPolicy.ts'
import { seededRandom } from './engine/seededRandom.ts'
import { appRoutes } from './http/appRoutes.ts'
import { eventRoutes } from './http/eventRoutes.ts'
import { runPageRoutes } from './http/runPage.ts'
import { runRoutes } from './http/runRoutes.ts'
import { serveHttp } from './http/serveHttp.ts'
import type { Registration } from './protocol/functionConfig.ts'
import type { Settings } from './settings.ts'
import { schema } from './store/schema.ts'
import { createAppRegistrar } from './sync/registerApps.ts'

export interface RunningInngest {
  origin: string
  port: number
  core: Core
  /** Deletes what is older than the retention time, now. */
  prune(): Promise<Pruned>
  close(): Promise<void>
}

interface Overrides {
  clock?: Clock
  log?: Log
  behaviour?: Partial<Behaviour>
}

const pruneEveryMs = 3_600_000
/** Inngest's smallest plan takes this much per event; its absolute limit is the request's, 3 MiB. */
const strictEventBytes = 256 * 1024

export async function startInngest(settings: Settings, overrides: Overrides = {}): Promise<RunningInngest> {
  const clock = overrides.clock ?? offsetClock(systemClock, settings.clockOffsetMs)
  const log = overrides.log ?? createLog('inngest')
  const db = openDatabase({ path: join(settings.dataDir, 'inngest.sqlite'), schema })
  const ulid = monotonicFactory()
  // Replaced once the boot number is known: each boot is unkind in another, repeatable way.
  let random = seededRandom(settings.seed)
  const behaviour = { ...behaviourOf(settings, () => random()), ...overrides.behaviour }
  const { now: wallNow } = systemClock
  const core = createCore({
    db,
    clock,
    wallNow,
    log,
    behaviour,
    newId: () => ulid(clock.now()),
    random: () => random(),
  })
  random = seededRandom(`${settings.seed}:${recover(core)}`)

  const identity: CallIdentity = settings.keys
    ? { signingKey: settings.keys.signing, serverKind: 'cloud', wallNow }
    : { serverKind: 'dev', wallNow }
  const transport = createTransport()
  const dispatcher = createDispatcher(core, transport, identity)
  const { kick } = dispatcher
  const onRegistration = (registration: Registration) => acceptRegistration(core, registration, kick)
  const { appUrls: urls, resyncMs } = settings
  const registrar = createAppRegistrar({ urls, transport, identity, clock, log, resyncMs, onRegistration })
  const routes = [
    ...eventRoutes(core, {
      kick,
      maxEventBytes: settings.profile === 'strict' ? strictEventBytes : Number.POSITIVE_INFINITY,
      ...(settings.keys ? { eventKey: settings.keys.event } : {}),
    }),
    ...runRoutes(core, kick),
    ...runPageRoutes(core),
    ...appRoutes(core, {
      kick,
      onRegistration,
      serverKind: identity.serverKind,
      appStates: registrar.states,
      inFlight: dispatcher.inFlight,
    }),
  ]
  const { serverKind, signingKey } = identity
  const http = await serveHttp(routes, {
    ...{ port: settings.port, serverKind, log },
    ...(signingKey === undefined ? {} : { signingKey }),
  }).catch((error: unknown) => {
    db.close()
    throw error
  })
  let live = true
  const pruneNow = () => prune(core, settings.retentionMs, () => live)
  const pruneInBackground = () => {
    pruneNow().catch((error: unknown) => log.error('prune-failed', { message: String(error) }))
  }
  pruneInBackground()
  const stopPruning = clock.every(pruneEveryMs, pruneInBackground)
  registrar.start()
  kick()
  log.info('listening', { origin: http.origin, profile: settings.profile, kind: serverKind })

  return {
    origin: http.origin,
    port: http.port,
    core,
    prune: pruneNow,
    async close() {
      // Calls in flight are dropped, as a crash would drop them: the next start makes them again.
      live = false
      stopPruning()
      registrar.stop()
      dispatcher.stop()
      transport.close()
      await http.close()
      db.close()
    },
  }
}

function acceptRegistration(core: Core, registration: Registration, kick: () => void): boolean {
  const now = core.clock.now()
  const slugs = registration.functions.map(({ slug }) => slug)
  const modified = core.apps.register(registration, now)
  if (modified) core.log.info('app-registered', { app: registration.app, url: registration.url, functions: slugs })
  // The app is there: calls that waited for it need not sit out their backoff.
  if (core.queue.hurryReconnects(slugs, now) > 0 || modified) kick()
  return modified
}

function behaviourOf(settings: Settings, random: () => number): Behaviour {
  const { profile, backoffScale, maxInFlight } = settings
  const strict = profile === 'strict'
  return {
    policy: retryPolicy(profile, backoffScale, random),
    startJitterMs: strict ? 40 : 0,
    loseAnswer: strict ? 0.02 : 0,
    checkpointing: settings.checkpointing ?? (strict ? 0.5 : 1),
    fenceGraceMs: strict ? 10_000 * backoffScale : 0,
    maxInFlight,
    mostWaking: 50,
  }
}

function offsetClock(clock: Clock, offsetMs: number): Clock {
  return { ...clock, now: () => clock.now() + offsetMs }
}
