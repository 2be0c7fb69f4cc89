/** What user code finds as globals, and the rules that queries and mutations follow: no clock, no chance, no network. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Log } from '../../../kernel/log.ts'
import { convexGlobal } from './convexGlobal.ts'
import { currentExecution } from './execution.ts'
import type { LogLevel } from './logLines.ts'

/** Called by the prelude inside the context (`createUserContext.ts`). */
export interface Hooks {
  now(): number
  random(): number
  /** Throws where only actions may go on. */
  requireAction(what: string): void
  fetch: typeof fetch
  log(level: LogLevel, values: unknown[]): void
}

export function createHooks(now: () => number, log: Log): Hooks {
  return {
    now() {
      const execution = currentExecution.getStore()
      if (!execution || execution.type === 'action') return now()
      execution.observed.time = true
      return execution.frozenNow
    },
    random() {
      return currentExecution.getStore()?.random() ?? Math.random()
    },
    requireAction(what) {
      const execution = currentExecution.getStore()
      if (execution?.type === 'action') return
      const where = execution ? 'queries and mutations' : 'the top level of a module'
      throw new Error(
        `Can't use ${what} in ${where}. Please consider using an action. See https://docs.convex.dev/functions/actions for more details.`,
      )
    },
    fetch: (...args) => fetch(...args),
    log(level, values) {
      const execution = currentExecution.getStore()
      if (execution) execution.log.write(level, values)
      else log.debug('module-log', { level, text: values.map(String).join(' ') })
    },
  }
}

/**
 * The host's classes are given to the context as they are. Binary data must be of one realm on both sides: the SDK asks
 * `instanceof ArrayBuffer` of what `crypto` or `TextEncoder` returned.
 */
export const sharedGlobals: Record<string, unknown> = {
  Convex: convexGlobal,
  AsyncLocalStorage,
  ArrayBuffer,
  SharedArrayBuffer,
  DataView,
  Uint8Array,
  Uint8ClampedArray,
  Uint16Array,
  Uint32Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  Request,
  Response,
  Headers,
  FormData,
  Blob,
  File,
  URL,
  URLSearchParams,
  TextEncoder,
  TextDecoder,
  TextEncoderStream,
  TextDecoderStream,
  ReadableStream,
  WritableStream,
  TransformStream,
  CompressionStream,
  DecompressionStream,
  AbortController,
  AbortSignal,
  Event,
  EventTarget,
  DOMException,
  crypto,
  atob,
  btoa,
  structuredClone,
  queueMicrotask,
  hostSetTimeout: setTimeout,
  hostSetInterval: setInterval,
  clearTimeout,
  clearInterval,
}
