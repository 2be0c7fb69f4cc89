/** What a function wrote and how it failed, as lines of the server's log. */
import type { Log } from '../../../kernel/log.ts'
import type { Outcome } from '../backend.ts'
import type { Execution } from '../runtime/execution.ts'

export function reportOutcome(log: Log, { info, type, requestId }: Execution, outcome: Outcome): Outcome {
  const name = info?.name ?? 'inline'
  if (outcome.logLines.length > 0) log.info('function-log', { function: name, requestId, lines: outcome.logLines })
  // A ConvexError is an answer to the caller, not a fault.
  if (!outcome.ok && outcome.errorData === undefined) {
    log.warn('function-failed', { function: name, type, requestId, message: outcome.errorMessage })
  }
  return outcome
}
