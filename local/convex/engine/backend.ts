/** The engine's outside: what the network side (`sync/`, `http/`, `main.ts`) and tests may ask of it (`createBackend.ts`). */
import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Profile } from '../../kernel/runServer.ts'

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue }
export type JsonObject = { [key: string]: JsonValue }

/** The identity as `ctx.auth.getUserIdentity()` returns it. Volatile claims (`exp`, `iat`) are left out by whoever makes it. */
export type UserIdentity = { tokenIdentifier: string; subject: string; issuer: string; [claim: string]: JsonValue }

/** How a function ended. `value` is the JSON text of the convex-encoded result, ready to be put on the wire. */
export type Outcome =
  | { ok: true; value: string; logLines: string[] }
  | {
      ok: false
      errorMessage: string
      /** Present only when a `ConvexError` was thrown (its encoded data, which may be null). */
      errorData?: JsonValue
      logLines: string[]
    }

export interface Call {
  /** Any accepted form (`m:f`, `dir/m.js:f`, `m`); canonicalised by the engine. */
  path: string
  /** Convex-encoded JSON of the argument object. */
  args: JsonValue
  identity: UserIdentity | null
  /** May call internal functions. */
  admin?: boolean
  /** Component path; absent or '' is the app. Components are not built: naming one fails with a sentence that says so. */
  component?: string
}

export interface WatchedQuery {
  outcome: Outcome
  /** Equal hash = equal result (value, error, log lines); request ids in error texts are left out. */
  hash: string
  /** The page end the query stopped at, or null when it did not paginate. */
  journal: string | null
  /** The result is the state as of this timestamp, and of every later one while `isValid()`. */
  ts: bigint
  isValid(): boolean
  release(): void
}

export type AuthProvider =
  | { type: 'oidc'; domain: string; applicationID: string }
  | { type: 'customJwt'; issuer: string; jwks: string; algorithm: 'RS256' | 'ES256'; applicationID?: string }

export interface DeployReport {
  /** False: the old version (if any) stays in force, and `message` says why. */
  ok: boolean
  message?: string
  /** `module:function` of everything that can be called, HTTP routes left out. */
  functions: string[]
  durationMs: number
}

/** Lower bounds that make applications fail early; the defaults are the published ones. */
export interface Limits {
  documentsRead: number
  bytesRead: number
  databaseQueries: number
  documentsWritten: number
  bytesWritten: number
  functionsScheduled: number
  scheduledFunctionArgsBytes: number
  argsBytes: number
  resultBytes: number
  /** Wall-clock milliseconds of a query or mutation. */
  transactionMs: number
  actionMs: number
  nestingDepth: number
}

/** Module map of `convex-test`'s shape: file path (with or without extension) → loader or module. */
export type ModuleMap = Record<string, Record<string, unknown> | (() => Promise<unknown>)>

export interface Deployment {
  modules: ModuleMap
  /** What `defineSchema` returned. */
  schema?: unknown
  /** The default export of `auth.config.ts`. */
  authConfig?: unknown
}

/** What the engine has done since it started; tests count with it instead of timing. */
export interface Counters {
  /** Documents handed to functions out of the store, and index rows walked to find them. */
  documentsRead: number
  indexRowsRead: number
  queriesRun: number
  mutationsRun: number
  mutationRetries: number
  commits: number
  cacheHits: number
}

export interface Backend {
  /** Nanoseconds; strictly increasing per commit, persisted. */
  latestTs(): bigint
  /** Makes every later timestamp at least this one. */
  advanceTs(atLeast: bigint): void
  /**
   * Runs a query, or shares the run of an equal one. `onInvalid` fires once, when a commit or a deploy may have changed
   * the result; several may fire in one tick. A failed query is watched like any other, so that it recovers.
   */
  watchQuery(call: Call & { journal: string | null }, onInvalid: () => void): Promise<WatchedQuery>
  /** `ts` reads the state as of an earlier timestamp (kept for 30 s). */
  runQuery(call: Call & { journal?: string | null; ts?: bigint }): Promise<{ outcome: Outcome; ts: bigint }>
  /** `session`: a repeat of a request that succeeded returns the stored outcome and its ts instead of running again. */
  runMutation(
    call: Call & { session?: { sessionId: string; requestId: number } },
  ): Promise<{ outcome: Outcome; ts: bigint }>
  runAction(call: Call): Promise<Outcome>
  /** A function of any type, for `/api/function`. */
  runFunction(call: Call): Promise<Outcome>
  runHttpAction(request: Request, identity: UserIdentity | null): Promise<Response>
  /** The evaluated auth.config; throws nothing, empty before the first deploy. */
  authProviders(): AuthProvider[]
  /** Code or environment changed: every query was invalidated, `authProviders()` may differ. */
  onDeployed(listener: () => void): () => void
  /** Bundles and activates a `convex/` folder. Never rejects because of the app's code: see `DeployReport.ok`. */
  deployFromFolder(dir: string): Promise<DeployReport>
  /** Deploys again whenever the folder's sources change; returns the stop function. */
  watchFolder(dir: string): () => void
  /** Activates modules that are already loaded (tests, tools): no bundling. */
  deploy(deployment: Deployment): Promise<DeployReport>
  /** Replaces the deployment's environment variables, as functions and auth.config read them. */
  setEnvironment(env: Record<string, string>): void
  counters(): Readonly<Counters>
  close(): Promise<void>
}

export interface BackendOptions {
  storage: ':memory:' | (string & {})
  profile?: Profile
  clock?: Clock
  /** [0, 1) */
  random?: () => number
  log?: Log
  limits?: Partial<Limits>
  /** `full` also survives a power cut; `normal` (default) survives `kill -9`. */
  durability?: 'normal' | 'full'
}
