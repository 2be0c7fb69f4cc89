/** `globalThis.Convex`: how the SDK inside user code reaches the engine. */
import type { JsonObject } from '../backend.ts'
import { isJsonObject } from '../values/fieldAt.ts'
import { callSyscalls } from './callSyscalls.ts'
import { databaseSyncSyscalls, databaseSyscalls } from './databaseSyscalls.ts'
import { type AsyncSyscall, currentExecution, type Execution } from './execution.ts'
import { metaSyscalls } from './metaSyscalls.ts'

const asyncSyscalls: Record<string, AsyncSyscall> = { ...databaseSyscalls, ...callSyscalls, ...metaSyscalls }

/** What Convex has and this backend has not: operation prefix → the name people know it by. */
const notBuilt: [prefix: string, feature: string][] = [
  ['1.0/storage', 'File storage (ctx.storage)'],
  ['storage/', 'File storage (ctx.storage)'],
  ['1.0/actions/vectorSearch', 'Vector search (ctx.vectorSearch)'],
  ['1.0/signJwt', 'Signing tokens (ctx.auth.signJwt)'],
  ['1.0/createServiceToken', 'The hosted AI gateway (getServiceToken)'],
  ['1.0/getServiceUrl', 'The hosted AI gateway (getServiceUrl)'],
  ['1.0/componentArgument', 'Component arguments'],
]

function refuse(op: string, kind: string): Error {
  const feature = notBuilt.find(([prefix]) => op.startsWith(prefix))?.[1]
  return new Error(feature ? `${feature} is not built in this local backend.` : `Unknown ${kind}operation ${op}`)
}

function running(op: string): Execution {
  const execution = currentExecution.getStore()
  if (!execution) throw new Error(`${op} was called outside of a Convex function.`)
  if (execution.finished) {
    throw new Error(
      `${op} was called after ${execution.info?.name ?? 'the function'} had ended. Await every promise before returning.`,
    )
  }
  return execution
}

function parseArgs(text: string): JsonObject {
  const value: unknown = JSON.parse(text)
  return isJsonObject(value) ? value : {}
}

export const convexGlobal = {
  syscall(op: string, argsText: string): string {
    const handler = databaseSyncSyscalls[op]
    if (handler) return handler(running(op), parseArgs(argsText))
    const other = asyncSyscalls[op]
    if (op === '1.0/requireOperation' && other) return '{}'
    throw refuse(op, '')
  },
  async asyncSyscall(op: string, argsText: string): Promise<string> {
    const handler = asyncSyscalls[op]
    if (!handler) throw refuse(op, 'async ')
    const execution = running(op)
    while (execution.busy) await execution.busy
    return handler(execution, parseArgs(argsText))
  },
  jsSyscall(op: string): never {
    throw refuse(op, '')
  },
}
