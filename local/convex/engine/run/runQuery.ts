/** One execution of one query at one timestamp. */
import { hash } from 'node:crypto'
import type { JsonValue, Outcome, UserIdentity } from '../backend.ts'
import type { CodeVersion, FunctionInfo } from '../code/codeVersion.ts'
import type { EngineState } from '../engineState.ts'
import type { Observed } from '../runtime/execution.ts'
import { createRequestId, describeThrown, failed } from '../runtime/functionError.ts'
import { invokeFunction } from '../runtime/invokeFunction.ts'
import type { Transaction } from '../tx/transaction.ts'
import { beginTransaction, createExecution } from './createExecution.ts'
import { reportOutcome } from './reportOutcome.ts'

export interface QueryCall {
  info: FunctionInfo
  version: CodeVersion
  args: JsonValue
  identity: UserIdentity | null
  journal: string | null
  ts?: bigint
}

export interface QueryRun {
  outcome: Outcome
  hash: string
  journal: string | null
  tx: Transaction
  observed: Observed
}

export async function runQueryOnce(state: EngineState, call: QueryCall): Promise<QueryRun> {
  state.counters.queriesRun++
  const tx = beginTransaction(state, call.ts)
  const execution = createExecution(state, { ...call, type: 'query', tx })
  try {
    const value = await invokeFunction(execution, call.info, call.args, tx.isIdOf, state.limits)
    const outcome: Outcome = { ok: true, value, logLines: execution.log.lines }
    return finish(outcome, value)
  } catch (error) {
    const described = describeThrown(error, call.version)
    const outcome = failed(described, execution.requestId, execution.log.lines)
    return finish(outcome, `!${described.message}\n${JSON.stringify(described.data ?? null)}`)
  } finally {
    tx.release()
  }

  function finish(outcome: Outcome, text: string): QueryRun {
    return {
      outcome: reportOutcome(state.log, execution, outcome),
      hash: hashResult(text, outcome.logLines),
      journal: execution.producedJournal,
      tx,
      observed: execution.observed,
    }
  }
}

export function hashResult(text: string, logLines: readonly string[]): string {
  return hash('sha1', logLines.length === 0 ? text : `${text}\n${JSON.stringify(logLines)}`, 'base64url')
}

/** A call that found no function to run. */
export function refusedOutcome(error: unknown): Outcome {
  return failed(describeThrown(error, null), createRequestId(), [])
}
