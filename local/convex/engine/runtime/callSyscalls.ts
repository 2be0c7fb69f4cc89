/** Calling and scheduling other functions. */
import type { JsonObject } from '../backend.ts'
import type { FunctionType } from '../code/codeVersion.ts'
import { cancelJob, scheduleJob } from '../scheduler/jobs.ts'
import { type Address, type AsyncSyscall, type Execution, requireMutation } from './execution.ts'
import { resolveAddress } from './resolveFunction.ts'
import { runNested } from './runNested.ts'

export const callSyscalls: Record<string, AsyncSyscall> = {
  '1.0/runUdf'(execution, args) {
    const { udfType } = args
    if (udfType !== 'query' && udfType !== 'mutation' && udfType !== 'snapshotQuery') {
      throw new Error(`Unknown function type ${JSON.stringify(udfType)} for a nested call.`)
    }
    return runNested(execution, udfType, addressOf(args), args['args'] ?? {}, args['transactionLimits'])
  },
  '1.0/createFunctionHandle': (execution, args) =>
    JSON.stringify(`function://${resolveAddress(execution.version, addressOf(args)).name}`),
  '1.0/schedule'(execution, args) {
    const tx = requireMutation(execution, 'scheduler.runAfter')
    return JSON.stringify(scheduleJob(tx, execution, addressOf(args), args['args'] ?? {}, timeOf(args)))
  },
  '1.0/cancel_job'(execution, { id }) {
    cancelJob(requireMutation(execution, 'scheduler.cancel'), id)
    return 'null'
  },
  '1.0/actions/query': (execution, args) => callFromAction('query', execution, args),
  '1.0/actions/mutation': (execution, args) => callFromAction('mutation', execution, args),
  '1.0/actions/action': (execution, args) => callFromAction('action', execution, args),
  async '1.0/actions/schedule'(execution, args) {
    requireAction(execution, 'scheduler.runAfter')
    const address = addressOf(args)
    const id = await execution.host.inOwnTransaction(execution, (tx) =>
      scheduleJob(tx, execution, address, args['args'] ?? {}, timeOf(args)),
    )
    return JSON.stringify(id)
  },
  async '1.0/actions/cancel_job'(execution, { id }) {
    requireAction(execution, 'scheduler.cancel')
    await execution.host.inOwnTransaction(execution, (tx) => cancelJob(tx, id))
    return 'null'
  },
}

function callFromAction(type: FunctionType, execution: Execution, args: JsonObject): Promise<string> {
  requireAction(execution, `actions/${type}`)
  return execution.host.callFromAction(type, addressOf(args), args['args'] ?? {}, execution)
}

function requireAction(execution: Execution, operation: string): void {
  if (execution.type !== 'action') throw new Error(`${operation} in this form is only available in actions.`)
}

function addressOf({ name, reference, functionHandle }: JsonObject): Address {
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof reference === 'string' ? { reference } : {}),
    ...(typeof functionHandle === 'string' ? { functionHandle } : {}),
  }
}

/** Milliseconds; the syscall speaks seconds. */
function timeOf({ ts }: JsonObject): number {
  if (typeof ts !== 'number' || !Number.isFinite(ts)) throw new Error('The time to run a function at must be a number.')
  return ts * 1000
}
