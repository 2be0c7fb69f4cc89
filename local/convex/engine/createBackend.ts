/** Puts the engine together. */
import { join } from 'node:path'
import { systemClock } from '../../kernel/clock.ts'
import { createLog } from '../../kernel/log.ts'
import type { AuthProvider, Backend, BackendOptions, Call, Counters, DeployReport, Outcome } from './backend.ts'
import type { CodeVersion, FunctionInfo, FunctionType } from './code/codeVersion.ts'
import { Deployer } from './code/deployer.ts'
import { defaultLimits, type EngineState } from './engineState.ts'
import { normalizeArgs, refuseComponent } from './run/createExecution.ts'
import { createHost } from './run/createHost.ts'
import { QueryCache } from './run/queryCache.ts'
import { runAction, runHttpAction } from './run/runAction.ts'
import { runMutation } from './run/runMutation.ts'
import { refusedOutcome, runQueryOnce } from './run/runQuery.ts'
import { pruneSessions } from './run/sessions.ts'
import { FunctionError } from './runtime/functionError.ts'
import { guardRejections } from './runtime/guardRejections.ts'
import { resolvePath } from './runtime/resolveFunction.ts'
import { Crons } from './scheduler/crons.ts'
import { Scheduler } from './scheduler/scheduler.ts'
import { createStore } from './store/createStore.ts'

/** What tests may reach in addition (`testing.ts`). */
export interface Engine extends Backend {
  readonly state: EngineState
  readonly scheduler: Scheduler
}

const HOUSEKEEPING_MS = 3_600_000

export async function createBackend(options: BackendOptions): Promise<Backend> {
  return createEngine(options)
}

export async function createEngine(options: BackendOptions): Promise<Engine> {
  const { storage, profile = 'friendly', clock = systemClock, random = Math.random } = options
  const log = options.log ?? createLog('convex')
  const counters: Counters = {
    documentsRead: 0,
    indexRowsRead: 0,
    queriesRun: 0,
    mutationsRun: 0,
    mutationRetries: 0,
    commits: 0,
    cacheHits: 0,
  }
  const store = createStore({
    path: storage === ':memory:' ? storage : join(storage, 'convex.db'),
    clock,
    counters,
    durability: options.durability ?? 'normal',
  })
  const partial = {
    store,
    clock,
    random,
    log,
    limits: { ...defaultLimits, ...options.limits },
    profile,
    counters,
    version: null,
    commitLock: null,
  }
  const state: EngineState = Object.assign(partial, { host: createHost(() => state) })
  const cache = new QueryCache(state)
  const scheduler = new Scheduler(state)
  const crons = new Crons(state)
  const deployer = new Deployer(state, () => {
    cache.invalidateAll()
    crons.sync()
    scheduler.start()
  })
  let isClosed = false
  const housekeeping = () => {
    pruneSessions(store, clock.now())
    scheduler.removeOld()
  }
  housekeeping()
  const stopGuard = guardRejections(log)
  const stopHousekeeping = clock.every(HOUSEKEEPING_MS, housekeeping)

  function find(call: Call, type: FunctionType | null): { info: FunctionInfo; version: CodeVersion } {
    refuseComponent(call.component)
    const info = resolvePath(state.version, call.path, type, call.admin === true)
    if (!state.version) throw new FunctionError('No code is deployed yet.')
    return { info, version: state.version }
  }

  async function orRefusal<T>(work: () => Promise<T>, refuse: (outcome: Outcome) => T): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof FunctionError)) log.error('internal-error', { message: String(error) })
      return refuse(refusedOutcome(error))
    }
  }

  const withTs = (outcome: Outcome) => ({ outcome, ts: store.latestTs() })

  const engine: Engine = {
    state,
    scheduler,
    latestTs: store.latestTs,
    advanceTs: store.advanceTs,
    counters: () => counters,
    watchQuery: (call, onInvalid) => cache.watch(call, onInvalid),
    runQuery: ({ ts, ...call }) =>
      orRefusal(async () => {
        if (ts === undefined || ts === store.latestTs()) return cache.read(call)
        if (ts > store.latestTs() || ts < store.log.oldestReadable) {
          throw new FunctionError(`The timestamp ${ts} cannot be read: only the last 30 seconds are kept.`)
        }
        const journal = call.journal ?? null
        const run = await runQueryOnce(state, {
          ...find(call, 'query'),
          args: normalizeArgs(call.args),
          identity: call.identity,
          journal,
          ts,
        })
        return { outcome: run.outcome, ts }
      }, withTs),
    runMutation: (call) =>
      orRefusal(async () => {
        const { identity, session } = call
        const args = normalizeArgs(call.args)
        const result = await runMutation(state, {
          resolve: () => find(call, 'mutation'),
          args,
          identity,
          ...(session ? { session } : {}),
        })
        if (!result) throw new Error('A mutation without a condition cannot be skipped.')
        return result
      }, withTs),
    runAction: (call) =>
      orRefusal(
        async () =>
          runAction(state, { ...find(call, 'action'), args: normalizeArgs(call.args), identity: call.identity }),
        (outcome) => outcome,
      ),
    runFunction: (call) =>
      orRefusal(
        async () => {
          const { info } = find(call, null)
          if (info.type === 'action') return engine.runAction(call)
          const { outcome } = info.type === 'query' ? await engine.runQuery(call) : await engine.runMutation(call)
          return outcome
        },
        (outcome) => outcome,
      ),
    runHttpAction: (request, identity) => runHttpAction(state, request, identity),
    authProviders: (): AuthProvider[] => state.version?.authProviders ?? [],
    onDeployed: (listener) => deployer.onDeployed(listener),
    deployFromFolder: (dir): Promise<DeployReport> => deployer.deployFromFolder(dir),
    watchFolder: (dir) => deployer.watchFolder(dir),
    deploy: (deployment) => deployer.deployModules(deployment),
    setEnvironment: (env) => deployer.setEnvironment(env),
    async close() {
      if (isClosed) return
      isClosed = true
      stopHousekeeping()
      stopGuard()
      deployer.close()
      crons.stop()
      await scheduler.stop()
      store.close()
    },
  }
  return engine
}
