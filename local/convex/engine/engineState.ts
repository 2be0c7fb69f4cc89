/** What the parts of the engine share. */
import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { Profile } from '../../kernel/runServer.ts'
import type { Counters, Limits } from './backend.ts'
import type { CodeVersion } from './code/codeVersion.ts'
import type { Host } from './runtime/execution.ts'
import type { Store } from './store/createStore.ts'

export interface EngineState {
  store: Store
  clock: Clock
  random: () => number
  log: Log
  limits: Limits
  profile: Profile
  counters: Counters
  /** Null until the first deploy. */
  version: CodeVersion | null
  /** Set once, while the engine is put together. */
  host: Host
  /** A commit that must not fail again: others wait before theirs. */
  commitLock: Promise<void> | null
}

/** The published limits (convex-protocol §3.9). */
export const defaultLimits: Limits = {
  documentsRead: 32_000,
  bytesRead: 16 * 1024 * 1024,
  databaseQueries: 4_096,
  documentsWritten: 16_000,
  bytesWritten: 16 * 1024 * 1024,
  functionsScheduled: 1_000,
  scheduledFunctionArgsBytes: 16 * 1024 * 1024,
  argsBytes: 16 * 1024 * 1024,
  resultBytes: 16 * 1024 * 1024,
  // The hosted service allows one second of user code; here it is wall-clock time on a machine that is busy with tests.
  transactionMs: 15_000,
  actionMs: 10 * 60_000,
  nestingDepth: 8,
}
