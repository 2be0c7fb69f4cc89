/** What running functions ask of the engine: calls of actions, each a transaction of its own. */
import type { Outcome } from '../backend.ts'
import type { EngineState } from '../engineState.ts'
import type { Host } from '../runtime/execution.ts'
import { FunctionError } from '../runtime/functionError.ts'
import { resolveAddress } from '../runtime/resolveFunction.ts'
import { runAction } from './runAction.ts'
import { runInternal, runMutation } from './runMutation.ts'
import { runQueryOnce } from './runQuery.ts'

export function createHost(getState: () => EngineState): Host {
  return {
    now: () => getState().clock.now(),
    async callFromAction(type, address, args, execution) {
      const state = getState()
      const { identity, log, requestId } = execution
      // The newest code answers: an action may have begun long ago.
      const resolve = () => {
        const version = state.version ?? execution.version
        return { version, info: resolveAddress(version, address, type) }
      }
      const call = { ...resolve(), args, identity, log, requestId }
      if (type === 'query') return unwrap((await runQueryOnce(state, { ...call, journal: null })).outcome)
      if (type === 'action') return unwrap(await runAction(state, call))
      const result = await runMutation(state, { resolve, args, identity, log, requestId })
      if (!result) throw new Error('A mutation without a condition cannot be skipped.')
      return unwrap(result.outcome)
    },
    inOwnTransaction: async (_execution, work) => runInternal(getState(), work),
  }
}

/** The value, or the error as the calling function sees it: without the request's prefix. */
function unwrap(outcome: Outcome): string {
  if (outcome.ok) return outcome.value
  throw new FunctionError(outcome.errorMessage.replace(/^\[Request ID: \w+\] Server Error\n/, ''), outcome.errorData)
}
