/** The backend without sockets, for tests and tools: calls by reference or path, inline functions, scheduler control. */

import type { AnyDataModel, GenericDataModel, GenericMutationCtx } from 'convex/server'
import { type FunctionReference, getFunctionName, internalMutationGeneric } from 'convex/server'
import { ConvexError, convexToJson, jsonToConvex, type Value } from 'convex/values'
import { silentLog } from '../../kernel/log.ts'
import type { BackendOptions, Call, JsonObject, JsonValue, Outcome, UserIdentity } from './backend.ts'
import { describeFunction } from './code/analyze.ts'
import { installHostGlobal } from './code/loadModules.ts'
import { createEngine, type Engine } from './createBackend.ts'
import { runMutation } from './run/runMutation.ts'

type FunctionKind = 'query' | 'mutation' | 'action'
/** `api.module.name`, or its path. */
export type Target = string | FunctionReference<FunctionKind, 'public' | 'internal'>
export interface CallOptions {
  identity?: UserIdentity | null
  /** Default true: tests may call internal functions. */
  admin?: boolean
}
type Args = Record<string, Value>

export interface TestBackend<Model extends GenericDataModel = AnyDataModel> {
  /** The backend as the network side has it. */
  readonly backend: Engine
  query(target: Target, args?: Args, options?: CallOptions): Promise<unknown>
  mutation(target: Target, args?: Args, options?: CallOptions): Promise<unknown>
  action(target: Target, args?: Args, options?: CallOptions): Promise<unknown>
  /** An inline function with a mutation's context, in one transaction; any return value. */
  run<T>(work: (ctx: GenericMutationCtx<Model>) => Promise<T>, options?: CallOptions): Promise<T>
  /** An HTTP action: `fetch('/path?x=1', { method: 'POST' })`. */
  fetch(pathQuery: string, init?: RequestInit, options?: CallOptions): Promise<Response>
  /** Calls back with the first result and every changed one; returns the end. */
  subscribe(target: Target, args: Args, onResult: (outcome: Outcome) => void, options?: CallOptions): () => void
  readonly scheduler: {
    inProgress(): Promise<void>[]
    /** Runs what is due now, and what that makes due. */
    runAllDue(): Promise<void>
    /** When the next job is due (ms), or undefined. */
    nextDue(): number | undefined
  }
  /** Every document of the app, by table. */
  snapshot(): Record<string, JsonObject[]>
  close(): Promise<void>
}

export async function createTestBackend<Model extends GenericDataModel = AnyDataModel>(
  options: Partial<BackendOptions> = {},
): Promise<TestBackend<Model>> {
  const engine = await createEngine({ storage: ':memory:', log: silentLog, ...options })
  const call = (target: Target, args: Args = {}, { identity = null, admin = true }: CallOptions = {}): Call => ({
    path: typeof target === 'string' ? target : getFunctionName(target),
    args: convexToJson(args) as JsonValue,
    identity,
    admin,
  })
  return {
    backend: engine,
    query: async (target, args, given) => unwrap((await engine.runQuery(call(target, args, given))).outcome),
    mutation: async (target, args, given) => unwrap((await engine.runMutation(call(target, args, given))).outcome),
    action: async (target, args, given) => unwrap(await engine.runAction(call(target, args, given))),
    run: (work, given) => runInline(engine, work, given?.identity ?? null),
    fetch: (pathQuery, init, given) =>
      engine.runHttpAction(new Request(new URL(pathQuery, 'http://convex.site'), init), given?.identity ?? null),
    subscribe: (target, args, onResult, given) => subscribe(engine, call(target, args, given), onResult),
    scheduler: {
      inProgress: () => engine.scheduler.inProgress(),
      runAllDue: () => engine.scheduler.runAllDue(),
      nextDue: () => engine.scheduler.nextDue(),
    },
    snapshot: () => snapshot(engine),
    close: () => engine.close(),
  }
}

/** The decoded value, or the error as a client throws it. */
export function unwrap(outcome: Outcome): unknown {
  if (outcome.ok) return jsonToConvex(JSON.parse(outcome.value) as JsonValue)
  if (outcome.errorData === undefined) throw new Error(outcome.errorMessage)
  const error = new ConvexError<Value>(jsonToConvex(outcome.errorData))
  error.message = outcome.errorMessage
  throw error
}

async function runInline<T, Model extends GenericDataModel>(
  engine: Engine,
  work: (ctx: GenericMutationCtx<Model>) => Promise<T>,
  identity: UserIdentity | null,
): Promise<T> {
  installHostGlobal()
  const { version } = engine.state
  if (!version) throw new Error('Deploy before running an inline function.')
  let returned: { value: T } | null = null
  let thrown: { error: unknown } | null = null
  const handler = async (ctx: GenericMutationCtx<Model>): Promise<null> => {
    try {
      returned = { value: await work(ctx) }
    } catch (error) {
      thrown = { error }
      throw error
    }
    return null
  }
  const info = describeFunction('inline:default', internalMutationGeneric({ handler: handler as never }))
  if (!info) throw new Error('The inline function could not be registered.')
  const result = await runMutation(engine.state, { resolve: () => ({ info, version }), args: {}, identity })
  const failure = thrown as { error: unknown } | null
  if (failure) throw failure.error
  if (result && !result.outcome.ok) unwrap(result.outcome)
  const success = returned as { value: T } | null
  if (!success) throw new Error('The inline function did not run.')
  return success.value
}

function subscribe(engine: Engine, call: Call, onResult: (outcome: Outcome) => void): () => void {
  let ended = false
  let release = () => {}
  let lastHash = ''
  let journal: string | null = null
  const watch = async (): Promise<void> => {
    const watched = await engine.watchQuery({ ...call, journal }, () => {
      if (!ended) watch().catch(reportFailure)
    })
    if (ended) return watched.release()
    release = () => watched.release()
    journal = watched.journal
    if (watched.hash === lastHash) return
    lastHash = watched.hash
    onResult(watched.outcome)
  }
  const reportFailure = (error: unknown) => engine.state.log.error('subscription-failed', { message: String(error) })
  watch().catch(reportFailure)
  return () => {
    ended = true
    release()
  }
}

function snapshot(engine: Engine): Record<string, JsonObject[]> {
  const { store } = engine.state
  const tables: Record<string, JsonObject[]> = {}
  for (const table of store.catalog.tables('')) {
    const rows = store.readRange(table.byCreationTime, '', '\xff', false, 2 ** 31)
    tables[table.name] = rows.map(({ json }) => JSON.parse(json) as JsonObject)
  }
  return tables
}
